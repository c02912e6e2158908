import type { PaymentView } from "@/lib/payment/payment-view";
import { viewStatuses } from "@/lib/payment/payment-view";

/** A view and when it came, by the page's own monotonic clock. */
export type TimedView = { view: PaymentView; receivedAt: number };

/** Whether an answer is a view at all: a café's sign-in page can answer 200 too. */
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

/** Asks our server for the view. @throws when there is no usable answer, also after ten silent seconds */
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

/** Of two readings the one that has seen more; an answer that was overtaken on its way changes nothing. */
export const pickNewer = (shown: TimedView | undefined, come: TimedView): TimedView =>
  shown && shown.view.version > come.view.version ? shown : come;
