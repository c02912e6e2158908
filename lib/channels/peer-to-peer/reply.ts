import { z } from "zod";
import type { IssueResult, SentPayment } from "../channel";
import { Identifiers, TextOrInteger, lenient } from "../../parsing/lenient";
import { EchoedOrder, Expiry, findEchoFault, parseExpiry, parseWebAddress } from "../wire";

const Reply = z.object({
  order: EchoedOrder,
  payment: lenient(
    z.object({
      url: lenient(z.string()),
      status: lenient(z.string().transform((status) => status.toUpperCase())),
    }),
  ),
  peer_to_peer_info: lenient(
    z.object({ identifier: Identifiers, merchant_unique_reference: lenient(TextOrInteger), ...Expiry }),
  ),
});

/** Parses the answer to generate-order (docs/doku-protocol.md#62-response): a payment page, or FAILED inside a 200. */
export function parseIssuedPage(body: unknown, sent: SentPayment): IssueResult {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { outcome: "unusable", why: "unreadable_answer" };
  const { order, payment, peer_to_peer_info: info } = reply.data;
  const fault = findEchoFault(order, sent);
  if (fault !== undefined) return { outcome: "unusable", why: fault };
  const reference = info?.merchant_unique_reference ?? sent.merchantReference;
  if (reference !== sent.merchantReference) return { outcome: "unusable", why: "other_reference" };
  if (payment?.status === "FAILED") return { outcome: "failed" };
  // A status that is not in DOKU's table: a status check will find the outcome.
  if (payment?.status !== undefined && payment.status !== "PENDING") {
    return { outcome: "unusable", why: "unknown_status" };
  }
  const url = parseWebAddress(payment?.url);
  if (url === undefined) return { outcome: "unusable", why: "no_payment_page" };
  return {
    outcome: "issued",
    issued: {
      means: { kind: "link", url },
      expiresAt: parseExpiry(info, sent),
      howToPayPage: undefined,
      howToPayApi: undefined,
      identifiers: info?.identifier ?? [],
    },
  };
}
