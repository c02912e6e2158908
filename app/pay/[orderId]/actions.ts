"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { isOrderBrowser } from "@/db/queries/order-browsers";
import { isUnavailable } from "@/db/rows";
import { changeMethod } from "@/lib/operations/checkout/change-method";
import { changePayment } from "@/lib/operations/changes/change-payment";
import { loadView } from "@/lib/operations/checkout/load-order";
import type { Deps } from "@/lib/operations/deps";
import { requestCheckAsShopper } from "@/lib/operations/reconciliation/request-check-as-shopper";
import { OrderId } from "@/lib/payment/order-id";
import { proveBrowser } from "@/lib/operations/checkout/prove-browser";
import { ensureBrowser, findBrowser } from "@/lib/server/browser";
import { getDeps } from "@/lib/server/deps";
import { waitForProof } from "@/lib/server/limits/limits";
import { log } from "@/lib/server/log";

/** Supersedes the current payment, so that the checkout offers all methods again. */
export async function chooseAnotherMethod(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  const changed = await runIfAvailable(async (deps) => {
    await requireOrderBrowser(deps, orderId);
    return changeMethod(deps, orderId);
  });
  switch (changed?.outcome) {
    case "superseded":
    case "nothing_to_supersede":
      return redirect(`/checkout/${orderId}`);
    // The database is unavailable: the payment page says so, and retries.
    case undefined:
    case "already_paid":
      return redirect(`/pay/${orderId}`);
    case "not_found":
      return notFound();
  }
}

/** "I have paid", without JavaScript: asks DOKU, and the page says what it answered. */
export async function askDoku(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  await runIfAvailable(async (deps) => (await requestCheckAsShopper(deps, orderId)) ?? notFound());
  redirect(`/pay/${orderId}?checked=1#check`);
}

/** Restarts the whole validity of the code. The payment page shows the result. */
export async function extendTime(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  await runIfAvailable(async (deps) => {
    const view = await loadView(deps, orderId);
    // The deadline has moved already: a form sent twice, or from two devices, must extend only once.
    if (view?.expiresAt !== form.get("deadline")) return;
    await changePayment(deps, { orderId, kind: "extend", actor: "shopper" });
  });
  redirect(`/pay/${orderId}`);
}

/** Cancels the code at DOKU. The payment page shows the result. */
export async function cancelCode(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  await runIfAvailable(async (deps) => {
    await requireOrderBrowser(deps, orderId);
    await changePayment(deps, { orderId, kind: "cancel", actor: "shopper" });
  });
  redirect(`/pay/${orderId}`);
}

/** Lets a browser that has only the link end the code, if its person knows the order's phone number or name. */
export async function proveOrder(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  const answer = z.string().max(100).catch("").parse(form.get("answer"));
  const result = await runIfAvailable(async (deps) => {
    if ((await waitForProof(orderId)) > 0) return "wait";
    const { outcome } = await proveBrowser(deps, { orderId, browser: await ensureBrowser(), answer });
    return outcome;
  });
  if (result === "not_found") return notFound();
  redirect(
    result === "wrong" || result === "wait" ? `/pay/${orderId}?proof=${result}#proof` : `/pay/${orderId}`,
  );
}

/** What ends a code is for the browser that made it, or that proved to know the order; the page offers that to others. */
async function requireOrderBrowser({ db }: Deps, orderId: OrderId): Promise<void> {
  const browser = await findBrowser();
  if (browser === undefined || !(await isOrderBrowser(db, { orderId, browser })))
    redirect(`/pay/${orderId}?proof=needed#proof`);
}

function parseOrderId(form: FormData): OrderId {
  const orderId = OrderId.safeParse(form.get("orderId"));
  return orderId.success ? orderId.data : notFound();
}

/** undefined while the database is unavailable. */
async function runIfAvailable<T>(act: (deps: Deps) => Promise<T>): Promise<T | undefined> {
  try {
    return await act(await getDeps());
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "change_failed", { error });
    return undefined;
  }
}
