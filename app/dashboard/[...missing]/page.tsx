import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { requireStaffUser } from "@/lib/server/auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.notFound"))("title") };
}

/** Every address below /dashboard that no other page has: strangers sign in first, as on every page. */
export default async function MissingPage(): Promise<never> {
  await requireStaffUser();
  return notFound();
}
