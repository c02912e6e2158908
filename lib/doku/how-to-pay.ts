import { fetchPublic } from "../http/public-fetch";
import type { Exchange } from "../http/transport";
import { parseForeignUrl } from "../parsing/hosts";
import { isAllowedPaymentUrl, type AllowedDestination } from "../parsing/payment-url";
import type { HowToPay } from "../payment/how-to-pay";
import { parseInstructions } from "./instructions";
import { parseJson } from "./json";

export type HowToPayOptions = {
  /** From settings, never from a message. An origin, such as the simulator's, may be on this machine. */
  allowed: readonly AllowedDestination[];
  /** For DNS, connecting and reading together; default 3000. */
  timeoutMs?: number;
  /** Resolves all addresses of a host; tests replace it. */
  resolve?: (host: string) => Promise<readonly { address: string }[]>;
};

export type HowToPayOutcome =
  | { outcome: "fetched"; instructions: HowToPay[] }
  /** The address is not allowed: nothing was sent. */
  | { outcome: "refused"; because: "address" | "private_network" }
  | { outcome: "unavailable" };

const maxBytes = 256 * 1024;
const unavailable: HowToPayOutcome = { outcome: "unavailable" };

/**
 * Fetches DOKU's payment steps for a code (docs/doku-protocol.md#7-how-to-pay): an unsigned GET. The address came in a
 * message, so it must be https at an allowed host and on the public internet. The name is resolved once and exactly
 * that address is connected to, so that a second DNS answer cannot lead elsewhere. Never rejects; the caller has
 * default texts for every other outcome.
 */
export async function fetchHowToPay(text: string, options: HowToPayOptions): Promise<HowToPayOutcome> {
  const { allowed, timeoutMs = 3000 } = options;
  const url = parseForeignUrl(text);
  if (url === undefined || !isAllowedPaymentUrl(text, allowed))
    return { outcome: "refused", because: "address" };
  const request = { method: "GET" as const, headers: acceptJson };
  const anywhere = allowed.includes(url.origin);
  const fetched = await fetchPublic(url, request, {
    timeoutMs,
    maxBytes,
    anywhere,
    resolve: options.resolve,
  });
  return fetched.outcome === "refused" ? fetched : toHowToPayOutcome(fetched);
}

const acceptJson = { Accept: "application/json", "Accept-Encoding": "identity" };

function toHowToPayOutcome(exchange: Exchange): HowToPayOutcome {
  if (exchange.outcome === "failed" || exchange.httpStatus !== 200) return unavailable;
  if (!/^application\/(.+\+)?json\b/i.test(exchange.header("Content-Type") ?? "")) return unavailable;
  const instructions = parseInstructions(parseJson(exchange.body));
  return instructions.length === 0 ? unavailable : { outcome: "fetched", instructions };
}
