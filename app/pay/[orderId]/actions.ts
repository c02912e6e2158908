"use server";

import { notFound, redirect } from "next/navigation";
import { isUnavailable } from "@/db/rows";
import { changeMethod } from "@/lib/operations/checkout/change-method";
import { changePayment } from "@/lib/operations/changes/change-payment";
import { readView } from "@/lib/operations/checkout/read-order";
import type { Deps } from "@/lib/operations/deps";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";

/** Takes the present method off the order, so that the checkout offers all of them again. */
export async function chooseAnotherMethod(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  const changed = await runIfAvailable((deps) => changeMethod(deps, orderId));
  switch (changed?.outcome) {
    case "superseded":
    case "nothing_to_supersede":
      return redirect(`/checkout/${orderId}`);
    // Our database is away: the payment page says so, and tries again.
    case undefined:
    case "already_paid":
      return redirect(`/pay/${orderId}`);
    case "not_found":
      return notFound();
  }
}

/** Restarts the code's whole time. The payment page shows the result, which it reads from the view. */
export async function extendTime(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  await runIfAvailable(async (deps) => {
    const view = await readView(deps, orderId);
    // A form sent again, or another phone's, meets a deadline that has moved: the shopper asked for one extension.
    if (view?.expiresAt !== form.get("deadline")) return;
    await changePayment(deps, { orderId, kind: "extend", actor: "shopper" });
  });
  redirect(`/pay/${orderId}`);
}

/** Cancels the code at DOKU. What comes of it is shown by the payment page. */
export async function cancelCode(form: FormData): Promise<void> {
  const orderId = parseOrderId(form);
  await runIfAvailable((deps) => changePayment(deps, { orderId, kind: "cancel", actor: "shopper" }));
  redirect(`/pay/${orderId}`);
}

function parseOrderId(form: FormData): OrderId {
  const orderId = OrderId.safeParse(form.get("orderId"));
  return orderId.success ? orderId.data : notFound();
}

/** undefined while our database is away. */
async function runIfAvailable<T>(act: (deps: Deps) => Promise<T>): Promise<T | undefined> {
  try {
    return await act(await getDeps());
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "change_failed", { error });
    return undefined;
  }
}
