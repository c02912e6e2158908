import "server-only";
import { isUnavailable } from "@/db/rows";
import type { PaymentView } from "../payment/payment-view";
import { waitForUnknownOrder } from "./limits/limits";
import { log } from "./log";

const headers = { "cache-control": "no-store" };

/**
 * A view as an answer: 404 when there is no such order, 429 to a client that asks for many such, 503 while the database
 * is away. An order that is there is always shown.
 */
export async function answerView(
  request: Request,
  read: () => Promise<PaymentView | undefined>,
): Promise<Response> {
  try {
    const view = await read();
    return view ? Response.json(view, { headers }) : answerUnknown(request);
  } catch (error) {
    log("view_failed", { error });
    return Response.json({ error: "try again" }, { status: isUnavailable(error) ? 503 : 500, headers });
  }
}

/** An order that is not there: 404, and 429 to a client that has asked for many of them. */
export function answerUnknown(request: Request): Response {
  const wait = waitForUnknownOrder(request);
  if (wait === 0) return Response.json({ error: "not found" }, { status: 404, headers });
  const later = { ...headers, "retry-after": String(wait) };
  return Response.json({ error: "too many unknown orders" }, { status: 429, headers: later });
}
