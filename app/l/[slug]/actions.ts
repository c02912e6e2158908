"use server";

import type { SubmissionResult } from "@conform-to/react";
import { getLocale } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { toIdempotencyKey } from "@/app/_components/form-key";
import { pickFields } from "@/app/_components/known-fields";
import { replyTo } from "@/app/_components/reply";
import { findPaymentLink } from "@/db/queries/payment-links";
import { isUnavailable } from "@/db/rows";
import { toAsks, toLinkPrice } from "@/lib/operations/payment-links/link-row";
import { placeLinkOrder } from "@/lib/operations/payment-links/place-link-order";
import type { PlaceLinkOrder } from "@/lib/operations/payment-links/place-link-order";
import { ensureBrowser } from "@/lib/server/browser";
import { getDeps } from "@/lib/server/deps";
import { waitForOrder } from "@/lib/server/limits/limits";
import { log } from "@/lib/server/log";
import { fieldNames, parseLinkForm } from "./schema";

/** A key of the catalogue's `link`. */
export type FormProblem = "invalid" | "wait" | "away" | "noChannel";

export type LinkFormState = {
  /** What was typed, and what is wrong: a `FormProblem` for the form, a `Problem` for each wrong field. */
  result?: SubmissionResult;
  /** The same form will succeed after some time. */
  isTemporary?: boolean;
};

type NextStep =
  { kind: "form"; state: LinkFormState } | { kind: "page"; path: string } | { kind: "not_found" };

/** Makes the order that the form asks for, or says what to correct. Sent twice, it finds the order of the first time. */
export async function orderFromLink(_previous: LinkFormState, form: FormData): Promise<LinkFormState> {
  const fields = pickFields(form, ["key", ...fieldNames], 1000);
  const next = await tryToOrder(String(form.get("slug")), fields).catch((error: unknown) => {
    if (!isUnavailable(error)) throw error;
    log("warn", "link_order_failed", { error });
    const state = { result: replyTo(fields, toErrors("away")), isTemporary: true };
    return { kind: "form", state } as const;
  });
  if (next.kind === "not_found") return notFound();
  return next.kind === "page" ? redirect(next.path) : next.state;
}

const toErrors = (problem: FormProblem) => ({ formErrors: [problem] });

async function tryToOrder(slug: string, fields: FormData): Promise<NextStep> {
  const deps = await getDeps();
  const link = await findPaymentLink(deps.db, { slug });
  if (!link) return { kind: "not_found" };
  const submission = parseLinkForm(fields, { price: toLinkPrice(link), asks: toAsks(link) });
  if (submission.status !== "success")
    return { kind: "form", state: { result: submission.reply(toErrors("invalid")) } };
  const checkoutKey = toIdempotencyKey(fields, submission.value);
  if ((await waitForOrder(checkoutKey)) > 0)
    return { kind: "form", state: { result: submission.reply(toErrors("wait")), isTemporary: true } };
  const placed = await placeLinkOrder(deps, {
    ...submission.value,
    slug,
    checkoutKey,
    locale: await getLocale(),
    browser: await ensureBrowser(),
  });
  return toNextStep(placed, `/l/${slug}`, (problem) => submission.reply(toErrors(problem)));
}

function toNextStep(
  placed: PlaceLinkOrder,
  page: string,
  reply: (problem: FormProblem) => SubmissionResult,
): NextStep {
  switch (placed.outcome) {
    case "created":
    case "exists":
      return { kind: "page", path: `/checkout/${placed.orderId}` };
    case "closed":
      // It says why.
      return { kind: "page", path: page };
    case "not_found":
      return { kind: "not_found" };
    case "no_channel_fits":
      return { kind: "form", state: { result: reply("noChannel") } };
    case "wrong_amount":
    case "amount_mismatch":
    case "unknown_channel":
    case "expires_out_of_range":
    case "reference_in_use":
      return { kind: "form", state: { result: reply("invalid") } };
  }
}
