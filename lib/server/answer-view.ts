import "server-only";
import { isUnavailable } from "@/db/rows";
import type { PaymentView } from "../payment/payment-view";
import { waitForUnknownOrder } from "./limits/limits";
import { failureLevel, log } from "./log";

const headers = { "cache-control": "no-store" };

/**
 * Answers with a payment view: 404 for an unknown order, 429 for a client that asks for many unknown orders, 503 while
 * the database is unavailable. A known order is always shown.
 */
export async function answerView(
  request: Request,
  loadView: () => Promise<PaymentView | undefined>,
): Promise<Response> {
  try {
    const view = await loadView();
    return view ? Response.json(view, { headers }) : answerUnknown(request);
  } catch (error) {
    log(failureLevel(error), "view_failed", { error });
    return Response.json({ error: "try again" }, { status: isUnavailable(error) ? 503 : 500, headers });
  }
}

/** Answers for an unknown order: 404, or 429 to a client that has asked for many of them. */
export function answerUnknown(request: Request): Response {
  const wait = waitForUnknownOrder(request);
  if (wait === 0) return Response.json({ error: "not found" }, { status: 404, headers });
  const later = { ...headers, "retry-after": String(wait) };
  return Response.json({ error: "too many unknown orders" }, { status: 429, headers: later });
}
