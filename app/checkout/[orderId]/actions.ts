"use server";

import type { SubmissionResult } from "@conform-to/react";
import { getLocale } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { pickFields } from "@/app/_components/known-fields";
import { replyTo } from "@/app/_components/reply";
import { isUnavailable } from "@/db/rows";
import { findGivenDetails, type GivenDetails } from "@/lib/operations/checkout/given-details";
import { loadOrderDetails, type Method, type LoadOrderDetails } from "@/lib/operations/checkout/load-order";
import { startPayment, type StartPayment } from "@/lib/operations/payments/start-payment";
import { canStartAgain } from "@/lib/payment/payment-view";
import { ensureBrowser } from "@/lib/server/browser";
import { getDeps } from "@/lib/server/deps";
import { waitForPayment } from "@/lib/server/limits/limits";
import { log } from "@/lib/server/log";
import { encodeProblem } from "./_components/checkout-problem";
import { getStartedPath } from "./_components/started-payment";
import { fieldNames, parseCheckoutForm } from "./schema";

export type CheckoutState = {
  /** What was typed, and what is wrong with it, as `encodeProblem` writes it. */
  result?: SubmissionResult;
  /** The same form will succeed after some time. */
  isTemporary?: boolean;
  /** The channel that has just refused this order. */
  refusedChannel?: string;
};

/** Starts the payment that the form asks for, or says what to correct. Sent twice, it finds the payment of the first time. */
export async function startCheckoutPayment(_previous: CheckoutState, form: FormData): Promise<CheckoutState> {
  const fields = pickFields(form, fieldNames);
  const usesGiven = form.get("details") === "given";
  const next = await tryToStart(String(form.get("orderId")), { fields, usesGiven }).catch(
    (error: unknown) => {
      if (!isUnavailable(error)) throw error;
      log("warn", "checkout_failed", { error });
      const formErrors = [encodeProblem({ key: "away" })];
      return { kind: "form", state: { result: replyTo(fields, { formErrors }), isTemporary: true } } as const;
    },
  );
  if (next.kind === "not_found") return notFound();
  return next.kind === "page" ? redirect(next.path) : next.state;
}

type NextStep =
  { kind: "form"; state: CheckoutState } | { kind: "page"; path: string } | { kind: "not_found" };

type SentForm = {
  fields: FormData;
  /** It asked only for what the merchant's program had not given. */
  usesGiven: boolean;
};

async function tryToStart(orderId: string, { fields, usesGiven }: SentForm): Promise<NextStep> {
  const deps = await getDeps();
  const read = await loadOrderDetails(deps, orderId);
  if (read.outcome === "not_found") return { kind: "not_found" };
  if (!canStartAgain(read.view))
    return { kind: "page", path: getStartedPath(read.view, fields.get("channel")) };
  const checkout = `/checkout/${read.order.id}`;
  if (read.session?.end) return { kind: "page", path: checkout };
  const given = usesGiven ? await findGivenDetails(deps.db, read.order.id) : undefined;
  // Another browser has typed other data since; the page now asks for them.
  if (usesGiven && !given) return { kind: "page", path: checkout };
  const formErrors = [encodeProblem({ key: "invalid" })];
  const method = read.methods.find(
    ({ channel, isOffered }) => isOffered && channel === fields.get("channel"),
  );
  if (!method) {
    const fieldErrors = { channel: [encodeProblem({ key: "errors.channel" })] };
    return { kind: "form", state: { result: replyTo(fields, { formErrors, fieldErrors }) } };
  }
  const required = { asks: method.asks, ships: hasGoods(read), ...(given && { given }) };
  const submission = parseCheckoutForm(fields, required, (problem) =>
    encodeProblem({ key: `errors.${problem}` }),
  );
  if (submission.status !== "success")
    return { kind: "form", state: { result: submission.reply({ formErrors }) } };
  const waitSeconds = await waitForPayment(read.view);
  if (waitSeconds > 0) {
    const tooMany = encodeProblem({ key: "tooMany", seconds: waitSeconds });
    return {
      kind: "form",
      state: { result: submission.reply({ formErrors: [tooMany] }), isTemporary: true },
    };
  }
  const started = await startPayment(deps, {
    orderId,
    channel: method.channel,
    browser: await ensureBrowser(),
    locale: await getLocale(),
    usesGivenContact: given !== undefined && hasContact(given),
    ...submission.value,
  });
  return toNextStep(started, method, {
    page: `/pay/${read.order.id}`,
    // It says that the session has ended.
    checkout,
    reply: (key) => submission.reply({ formErrors: [encodeProblem({ key })] }),
  });
}

const hasContact = ({ name, phone, email }: GivenDetails) => [name, phone, email].some(Boolean);

const hasGoods = ({ order }: Extract<LoadOrderDetails, { outcome: "found" }>) =>
  order.items.some(({ shipped }) => shipped);

function toNextStep(
  started: StartPayment,
  { means, channel }: Method,
  {
    page,
    checkout,
    reply,
  }: { page: string; checkout: string; reply: (key: "refused" | "doesNotFit") => SubmissionResult },
): NextStep {
  switch (started.outcome) {
    case "started":
      // The payment page continues to the acquirer: an action's redirect is fetched, and may not lead to another site.
      return { kind: "page", path: means === "link" ? `${page}?next=continue` : page };
    case "already_started":
    case "already_paid":
    case "under_review":
      return { kind: "page", path: page };
    case "session_ended":
      return { kind: "page", path: checkout };
    case "refused":
      return { kind: "form", state: { result: reply("refused"), refusedChannel: channel } };
    case "does_not_fit":
    case "not_offered":
      return { kind: "form", state: { result: reply("doesNotFit"), refusedChannel: channel } };
    case "not_found":
      return { kind: "not_found" };
  }
}
