"use server";

import { notFound, redirect } from "next/navigation";
import { chooseReminders } from "@/lib/operations/emails/choose-reminders";
import { getDeps } from "@/lib/server/deps";
import { parseReminderToken } from "@/lib/server/emails/opt-out-key";

/** Stops or resumes reminders to the address of a signed link, and shows the page again. */
export async function chooseRemindersFromPage(form: FormData): Promise<void> {
  const token = String(form.get("token"));
  const addressHash = parseReminderToken(token);
  if (addressHash === undefined) notFound();
  await chooseReminders(await getDeps(), { addressHash, wanted: form.get("wanted") === "true" });
  redirect(`/reminders/${token}`);
}
