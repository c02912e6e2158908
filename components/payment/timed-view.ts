import type { PaymentView } from "@/lib/payment/payment-view";
import { viewStatuses } from "@/lib/payment/payment-view";

/** A view and when it arrived, in milliseconds of `performance.now()`. */
export type TimedView = { view: PaymentView; receivedAt: number };

/** Whether an answer is a view: a captive portal's sign-in page answers 200 too. */
function isView(body: unknown): body is PaymentView {
  return (
    typeof body === "object" &&
    body !== null &&
    "version" in body &&
    typeof body.version === "number" &&
    "status" in body &&
    viewStatuses.some((status) => status === body.status)
  );
}

const timeoutMs = 10_000;

/** Fetches the view from the server. @throws when there is no usable answer within ten seconds */
export async function fetchView(url: string, init: RequestInit = {}): Promise<TimedView> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  init.signal?.addEventListener("abort", () => stop.abort());
  try {
    const response = await fetch(url, { ...init, cache: "no-store", signal: stop.signal });
    const body: unknown = response.ok ? await response.json() : undefined;
    if (!isView(body)) throw new Error("no view");
    return { view: body, receivedAt: performance.now() };
  } finally {
    clearTimeout(timer);
  }
}

/** Picks the view with the higher version, so that a late answer changes nothing. */
export const pickNewer = (shown: TimedView | undefined, received: TimedView): TimedView =>
  shown && shown.view.version > received.view.version ? shown : received;
