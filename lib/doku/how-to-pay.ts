import { lookup } from "node:dns/promises";
import { parseForeignUrl } from "../parsing/hosts";
import { isAllowedPaymentUrl, type AllowedDestination } from "../parsing/payment-url";
import { isPublicAddress } from "../parsing/public-address";
import type { HowToPay } from "../payment/how-to-pay";
import { parseInstructions } from "./instructions";
import { parseJson } from "./json";
import { createTransport, type Exchange } from "./transport";

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
  if (allowed.includes(url.origin)) return toHowToPayOutcome(await fetchOnce(url, { timeoutMs }));
  const startedAt = performance.now();
  const addresses = await resolveWithin(timeoutMs, () => (options.resolve ?? resolveAll)(url.hostname));
  const [first] = addresses;
  if (first === undefined) return unavailable;
  // A private address among public ones suggests an attack.
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    return { outcome: "refused", because: "private_network" };
  }
  const left = Math.max(1, Math.ceil(timeoutMs - (performance.now() - startedAt)));
  return toHowToPayOutcome(await fetchOnce(url, { address: first.address, timeoutMs: left }));
}

const resolveAll = (host: string) => lookup(host, { all: true });

/** Empty when the name is unknown or DNS takes too long. */
async function resolveWithin(timeoutMs: number, resolve: () => Promise<readonly { address: string }[]>) {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<[]>((settle) => {
    timer = setTimeout(() => settle([]), timeoutMs);
  });
  try {
    return await Promise.race([resolve(), tooLate]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

async function fetchOnce(
  url: URL,
  { address, timeoutMs }: { address?: string; timeoutMs: number },
): Promise<Exchange> {
  const transport = createTransport({
    origin: url.origin,
    address,
    connectTimeoutMs: timeoutMs,
    totalTimeoutMs: timeoutMs,
    maxConnections: 1,
    maxBytes,
  });
  try {
    return await transport.exchange({
      method: "GET",
      path: `${url.pathname}${url.search}`,
      headers: { Accept: "application/json", "Accept-Encoding": "identity" },
    });
  } finally {
    transport.close();
  }
}

function toHowToPayOutcome(exchange: Exchange): HowToPayOutcome {
  if (exchange.outcome === "failed" || exchange.httpStatus !== 200) return unavailable;
  if (!/^application\/(.+\+)?json\b/i.test(exchange.header("Content-Type") ?? "")) return unavailable;
  const instructions = parseInstructions(parseJson(exchange.body));
  return instructions.length === 0 ? unavailable : { outcome: "fetched", instructions };
}
