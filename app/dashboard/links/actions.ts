"use server";

import type { SubmissionResult } from "@conform-to/react";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { toIdempotencyKey } from "@/app/_components/form-key";
import { pickFields } from "@/app/_components/known-fields";
import { findPaymentLink } from "@/db/queries/payment-links";
import { isUnavailable } from "@/db/rows";
import { changePaymentLink } from "@/lib/operations/payment-links/change-link";
import { createPaymentLink } from "@/lib/operations/payment-links/create-link";
import type { LinkFault } from "@/lib/operations/payment-links/create-link";
import { removeLinkPicture } from "@/lib/operations/payment-links/save-picture";
import { staffActor } from "@/lib/payment/attribution";
import type { LinkPrice } from "@/lib/payment/payment-link";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { editLinkFields, newLinkFields, parseEditLinkForm, parseNewLinkForm, toLastDay } from "./schema";
import type { LinkFieldName, LinkProblem } from "./schema";

/** A key of the catalogue's `dashboard.links.form`. */
export type FormProblem = "invalid" | "away";

export type LinkFormState = {
  /** What was typed, and what is wrong: a `FormProblem` for the form, a `LinkProblem` for each wrong field. */
  result?: SubmissionResult;
  /** The same form will succeed after some time. */
  isTemporary?: boolean;
};

const mostCharacters = 2000;
const toErrors = (problem: FormProblem) => ({ formErrors: [problem as string] });

/** Makes the link that the form asks for, or says what to correct. Sent twice, it finds the link of the first time. */
export async function createLink(_previous: LinkFormState, form: FormData): Promise<LinkFormState> {
  const merchant = await requireStaffUser("/dashboard/links/new");
  const fields = pickFields(form, ["key", ...newLinkFields], mostCharacters);
  const submission = parseNewLinkForm(fields);
  if (submission.status !== "success") return { result: submission.reply(toErrors("invalid")) };
  const made = await createPaymentLink(await getDeps(), {
    ...submission.value,
    createKey: toIdempotencyKey(fields, submission.value),
    actor: staffActor(merchant.id),
  }).catch(returnIfUnavailable);
  if (made === undefined) return { result: submission.reply(toErrors("away")), isTemporary: true };
  if ("link" in made)
    return redirect(
      `/dashboard/links/${made.link.id}?done=${made.outcome === "created" ? "made" : "exists"}`,
    );
  const [field, problem] = toFieldProblem(made, submission.value.price);
  return { result: submission.reply({ ...toErrors("invalid"), fieldErrors: { [field]: [problem] } }) };
}

function toFieldProblem(fault: LinkFault, { amount, minAmount }: LinkPrice): [LinkFieldName, LinkProblem] {
  switch (fault.outcome) {
    case "wrong_range":
      return ["maxAmount", "range"];
    case "phone_needed":
      return ["phone", "phone"];
    case "ended_already":
      return ["ends", "ends"];
    case "no_channel_fits": {
      const open = fault.amount === minAmount ? "minAmount" : "maxAmount";
      return [amount === null ? open : "amount", "no_channel"];
    }
  }
}

/** undefined when the database cannot be reached. */
function returnIfUnavailable(error: unknown): undefined {
  if (!isUnavailable(error)) throw error;
  log("warn", "payment_link_failed", { error });
}

const toLinkId = (form: FormData): string => {
  const id = z.uuid().safeParse(form.get("linkId"));
  return id.success ? id.data : notFound();
};

/** Saves the texts, the stock and the end. */
export async function changeLink(_previous: LinkFormState, form: FormData): Promise<LinkFormState> {
  await requireStaffUser("/dashboard/links");
  const id = toLinkId(form);
  const submission = parseEditLinkForm(pickFields(form, editLinkFields, mostCharacters));
  if (submission.status !== "success") return { result: submission.reply(toErrors("invalid")) };
  const changed = await saveChange(id, submission.value).catch(returnIfUnavailable);
  switch (changed) {
    case undefined:
      return { result: submission.reply(toErrors("away")), isTemporary: true };
    case "not_found":
      return notFound();
    case "ended_already":
      return { result: submission.reply({ ...toErrors("invalid"), fieldErrors: { ends: ["ends"] } }) };
    case "changed":
      return redirect(`/dashboard/links/${id}?done=saved`);
  }
}

type SubmittedChange = Extract<ReturnType<typeof parseEditLinkForm>, { status: "success" }>["value"];

/** A day that was not changed keeps the exact time, and may have passed. */
async function saveChange(
  id: string,
  { endsAt, ...change }: SubmittedChange,
): Promise<"changed" | "not_found" | "ended_already"> {
  const deps = await getDeps();
  const link = await findPaymentLink(deps.db, { id });
  if (!link) return "not_found";
  const isSameDay = toLastDay(endsAt) === toLastDay(link.endsAt);
  if (!isSameDay && endsAt && endsAt <= deps.now()) return "ended_already";
  return (await changePaymentLink(deps, id, { ...change, ...(!isSameDay && { endsAt }) })).outcome;
}

/** Opens the page to orders or closes it, as the pressed button says. */
export async function switchLink(form: FormData): Promise<void> {
  await requireStaffUser("/dashboard/links");
  const id = toLinkId(form);
  const isOn = form.get("switch") === "on";
  const changed = await changePaymentLink(await getDeps(), id, { isOn });
  if (changed.outcome === "not_found") notFound();
  redirect(`/dashboard/links/${id}?done=${isOn ? "on" : "off"}`);
}

export async function removePicture(form: FormData): Promise<void> {
  await requireStaffUser("/dashboard/links");
  const id = toLinkId(form);
  await removeLinkPicture(await getDeps(), id);
  redirect(`/dashboard/links/${id}?done=picture_removed`);
}
