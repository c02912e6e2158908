import "server-only";
import { isUnavailable } from "@/db/rows";
import type { PaymentView } from "../payment/payment-view";
import { log } from "./log";

const headers = { "cache-control": "no-store" };

/** A view as an answer: 404 when there is no such order, 503 while the database is away. */
export async function answerView(read: () => Promise<PaymentView | undefined>): Promise<Response> {
  try {
    const view = await read();
    return view
      ? Response.json(view, { headers })
      : Response.json({ error: "not found" }, { status: 404, headers });
  } catch (error) {
    log("view_failed", { error });
    return Response.json({ error: "try again" }, { status: isUnavailable(error) ? 503 : 500, headers });
  }
}
