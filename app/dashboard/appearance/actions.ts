"use server";

import type { SubmissionResult } from "@conform-to/react";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { pickFields } from "@/app/_components/known-fields";
import { isUnavailable } from "@/db/rows";
import { changeAppearance } from "@/lib/operations/appearance/change-appearance";
import type { AppearanceChange } from "@/lib/operations/appearance/change-appearance";
import { staffActor } from "@/lib/payment/attribution";
import { publishAppearanceChange } from "@/lib/server/appearance";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { appearanceFields, parseAppearanceForm } from "./schema";

/** `invalid` and `away` are keys of the catalogue's `dashboard.appearance`. */
export type AppearanceFormState = { result?: SubmissionResult; isTemporary?: boolean };

const mostCharacters = 2000;

/** Saves the name, the colour, the ways to reach the merchant and the words of help. */
export async function saveAppearance(
  _previous: AppearanceFormState,
  form: FormData,
): Promise<AppearanceFormState> {
  const merchant = await requireStaffUser("/dashboard/appearance");
  const submission = parseAppearanceForm(pickFields(form, appearanceFields, mostCharacters));
  if (submission.status !== "success") return { result: submission.reply({ formErrors: ["invalid"] }) };
  const isSaved = await store({ values: submission.value, actor: staffActor(merchant.id) });
  if (!isSaved) return { result: submission.reply({ formErrors: ["away"] }), isTemporary: true };
  return showSaved("saved");
}

export async function removeLogo(): Promise<void> {
  const merchant = await requireStaffUser("/dashboard/appearance");
  const isSaved = await store({ values: {}, logo: null, actor: staffActor(merchant.id) });
  return showSaved(isSaved ? "logo_removed" : "failed");
}

/** false when the database cannot be reached. */
async function store(change: AppearanceChange): Promise<boolean> {
  try {
    await changeAppearance(await getDeps(), change);
    await publishAppearanceChange();
    return true;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "appearance_failed", { error });
    return false;
  }
}

function showSaved(done: "saved" | "logo_removed" | "failed"): never {
  // The frame around the page shows the name, the logo and the colour too.
  revalidatePath("/", "layout");
  redirect(`/dashboard/appearance?done=${done}`);
}
