"use server";

import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { isUnavailable } from "@/db/rows";
import { readOrder, type Method, type ReadOrder } from "@/lib/operations/checkout/read-order";
import { startPayment, type StartPayment } from "@/lib/operations/payments/start-payment";
import { canStartAgain } from "@/lib/payment/payment-view";
import { getDeps } from "@/lib/server/deps";
import { waitForPayment } from "@/lib/server/limits/limits";
import { log } from "@/lib/server/log";
import { fieldNames, readCheckoutForm, type FieldName, type Problem } from "./schema";

export type FormValues = Partial<Record<FieldName | "sameAddress", string>>;

export type CheckoutState =
  | { status: "idle" }
  /** `errors` are sentences in the shopper's language. */
  | { status: "invalid"; errors: Partial<Record<FieldName, string>>; values: FormValues }
  /** `time` is how long to wait, in words. */
  | { status: "tooMany"; time: string; values: FormValues }
  | { status: "refused" | "doesNotFit" | "away"; values: FormValues };

/** Starts the payment that the form asks for, or says what to mend. Sent twice, it finds the payment of the first time. */
export async function pay(_previous: CheckoutState, form: FormData): Promise<CheckoutState> {
  const done = await attempt(form).catch((error: unknown) => {
    if (!isUnavailable(error)) throw error;
    log("warn", "checkout_failed", { error });
    return { status: "away", values: valuesOf(form) } as const;
  });
  if (done.status === "gone") return notFound();
  return done.status === "go" ? redirect(done.to) : done;
}

type Attempt = CheckoutState | { status: "go"; to: string } | { status: "gone" };

async function attempt(form: FormData): Promise<Attempt> {
  const deps = await getDeps();
  const orderId = String(form.get("orderId"));
  const read = await readOrder(deps, orderId);
  if (read.outcome === "not_found") return { status: "gone" };
  if (!canStartAgain(read.view)) return { status: "go", to: `/pay/${read.order.id}` };
  const method = read.methods.find(({ channel, isOffered }) => isOffered && channel === form.get("channel"));
  if (!method) return invalid(form, { channel: "channel" });
  const input = readCheckoutForm(form, { asks: method.asks, ships: hasGoods(read) });
  if (input.outcome === "invalid") return invalid(form, input.problems);
  const wait = await waitForPayment(read.view);
  if (wait > 0) return { status: "tooMany", time: await inWords(wait), values: valuesOf(form) };
  const { contact, billing, shipping } = input;
  const started = await startPayment(deps, { orderId, channel: method.channel, contact, billing, shipping });
  return afterwards(started, method, { form, page: `/pay/${read.order.id}` });
}

const hasGoods = ({ order }: Extract<ReadOrder, { outcome: "found" }>) =>
  order.items.some(({ shipped }) => shipped);

/** Seconds, and from a minute on whole minutes: rounded up, so that the wait is over when it is said to be. */
async function inWords(seconds: number): Promise<string> {
  const t = await getTranslations("checkout");
  return seconds < 60 ? t("seconds", { count: seconds }) : t("minutes", { count: Math.ceil(seconds / 60) });
}

function afterwards(
  started: StartPayment,
  { means }: Method,
  { form, page }: { form: FormData; page: string },
): Attempt {
  switch (started.outcome) {
    case "started":
      // The payment page goes straight on: the browser fetches an action's redirect, and may not fetch another site.
      return { status: "go", to: means === "link" ? `${page}?next=continue` : page };
    case "already_started":
    case "already_paid":
    case "under_review":
      return { status: "go", to: page };
    case "refused":
      return { status: "refused", values: valuesOf(form) };
    case "does_not_fit":
    case "not_offered":
      return { status: "doesNotFit", values: valuesOf(form) };
    case "not_found":
      return { status: "gone" };
  }
}

async function invalid(
  form: FormData,
  problems: Partial<Record<FieldName, Problem>>,
): Promise<CheckoutState> {
  const t = await getTranslations("checkout.errors");
  const errors = Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, t(problem)]));
  return { status: "invalid", errors, values: valuesOf(form) };
}

/** What was typed, so that it stays in the form. */
function valuesOf(form: FormData): FormValues {
  const entries = [...fieldNames, "sameAddress"].map((name) => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value.slice(0, 500) : ""];
  });
  return Object.fromEntries(entries);
}
