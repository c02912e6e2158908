import { z } from "zod";
import type { IssueReading } from "../channel";
import { EchoedOrder, Expiry, parseExpiry, findEchoFault, lenient, parseWebAddress, type SentRequest } from "../wire";

const maxIdentifiers = 50;

const Identifier = z.object({
  name: z.string().max(256),
  value: z.union([z.string().max(256), z.int().transform(String)]),
});

const Reply = z.object({
  order: EchoedOrder,
  payment: lenient(
    z.object({
      url: lenient(z.string()),
      status: lenient(z.string().transform((word) => word.toUpperCase())),
    }),
  ),
  peer_to_peer_info: lenient(
    z.object({ identifier: lenient(z.array(z.unknown()).transform(parseIdentifiers)), ...Expiry }),
  ),
});

/** Reads the answer to generate-order (docs/doku-protocol.md#62-response): a page to go to, or FAILED inside a 200. */
export function parseIssuedPage(body: unknown, sent: SentRequest): IssueReading {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { outcome: "unusable", why: "unreadable_answer" };
  const { order, payment, peer_to_peer_info: info } = reply.data;
  const fault = findEchoFault(order, sent);
  if (fault !== undefined) return { outcome: "unusable", why: fault };
  if (payment?.status === "FAILED") return { outcome: "failed" };
  // A word that is not in DOKU's table: asking for the status will tell what became of it.
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

function parseIdentifiers(entries: unknown[]): { name: string; value: string }[] {
  return entries.slice(0, maxIdentifiers).flatMap((entry) => {
    const identifier = Identifier.safeParse(entry);
    return identifier.success ? [identifier.data] : [];
  });
}
