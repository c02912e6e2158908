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
  const askedAt = performance.now();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  init.signal?.addEventListener("abort", () => stop.abort());
  try {
    const response = await fetch(url, { ...init, cache: "no-store", signal: stop.signal });
    const body: unknown = response.ok ? await response.json() : undefined;
    if (!isView(body)) throw new Error("no view");
    // One that is read later than that waited while the phone slept: its time left is not of now.
    return { view: body, receivedAt: Math.min(performance.now(), askedAt + timeoutMs) };
  } finally {
    clearTimeout(timer);
  }
}

/** Picks the view with the higher version, so that a late answer changes nothing. */
export const pickNewer = (shown: TimedView, received: TimedView): TimedView =>
  shown.view.version > received.view.version ? shown : received;

/** The view to show after an answer: the same as before where the answer says the same, so that nothing is drawn again. */
export const toShown = (shown: TimedView, answer: TimedView): TimedView =>
  saysTheSame(shown, answer) ? shown : pickNewer(shown, answer);

/** Servers count whole seconds, and an answer is some of a second on its way. */
const sameDeadlineMs = 1_000;

function saysTheSame(shown: TimedView, answer: TimedView): boolean {
  const differsByMs = toDeadline(answer) - toDeadline(shown);
  return Math.abs(differsByMs) <= sameDeadlineMs && toTimeless(answer.view) === toTimeless(shown.view);
}

/** In milliseconds of `performance.now()`. */
const toDeadline = ({ view, receivedAt }: TimedView): number =>
  view.secondsLeft === undefined ? 0 : receivedAt + view.secondsLeft * 1000;

/** A view without what time alone changes. The last check is shown with the answer that brought it. */
const toTimeless = (view: PaymentView): string =>
  JSON.stringify({ ...view, secondsLeft: undefined, lastCheck: undefined });
