"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireStaffUser } from "@/lib/server/auth/session";
import { maxSearch, sealSearch } from "@/lib/server/auth/sealed-search";

const Words = z.string().trim().max(maxSearch).catch("");

/** Opens the list of orders with a search, whose words are not readable in its address. */
export async function searchOrders(form: FormData): Promise<void> {
  await requireStaffUser();
  const words = Words.parse(form.get("words"));
  redirect(words === "" ? "/dashboard" : `/dashboard?q=${sealSearch(words)}`);
}
