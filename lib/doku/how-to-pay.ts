import { lookup } from "node:dns/promises";
import { isPlainHttps, isUnder, parseForeignUrl } from "../parsing/hosts";
import { parseInstructions, type HowToPay } from "./instructions";
import { parseJson } from "./json";
import { isPublicAddress } from "../parsing/public-address";
import { createTransport, type Exchange } from "./transport";

/** A domain, `doku.com` or `.doku.com`: it and every host below it. */
export type HostRule = string;

export type HowToPayOptions = {
  allowedHosts: readonly HostRule[];
  /** One exact origin that is believed besides, loopback and plain http included: the simulator's, never from a message. */
  extraOrigin?: string | undefined;
  /** For DNS, connecting and reading together, in milliseconds. */
  timeoutMs?: number;
  /** All addresses of a host; for tests. */
  resolve?: (host: string) => Promise<readonly { address: string }[]>;
};

export type HowToPayOutcome =
  | { outcome: "fetched"; instructions: HowToPay[] }
  /** The address is not one that we would ever ask: nothing was sent. */
  | { outcome: "refused"; because: "address" | "private_network" }
  | { outcome: "unavailable" };

const maxBytes = 256 * 1024;
const unavailable: HowToPayOutcome = { outcome: "unavailable" };

/**
 * Fetches the payment steps that DOKU offers for a code (docs/doku-protocol.md#7-how-to-pay): a plain GET without our
 * headers. The address came in a message, so it is asked only if it lies at an allowed host, on https, and on the
 * public internet; the name is resolved once and that very address is connected to, so that a second answer of DNS
 * cannot lead elsewhere. Never rejects; the caller has texts of its own for whatever is not `fetched`.
 */
export async function fetchHowToPay(text: string, options: HowToPayOptions): Promise<HowToPayOutcome> {
  const { timeoutMs = 3000 } = options;
  const url = parseForeignUrl(text);
  if (url === undefined) return { outcome: "refused", because: "address" };
  if (url.origin === options.extraOrigin) return toHowToPayOutcome(await fetchOnce(url, { timeoutMs }));
  if (!isPlainHttps(url) || !options.allowedHosts.some((rule) => isWithin(url.hostname, rule))) {
    return { outcome: "refused", because: "address" };
  }
  const startedAt = performance.now();
  const addresses = await resolveWithin(timeoutMs, () => (options.resolve ?? resolveAll)(url.hostname));
  const [first] = addresses;
  if (first === undefined) return unavailable;
  // One private address among public ones is no accident.
  if (!addresses.every(({ address }) => isPublicAddress(address))) {
    return { outcome: "refused", because: "private_network" };
  }
  const left = Math.max(1, Math.ceil(timeoutMs - (performance.now() - startedAt)));
  return toHowToPayOutcome(await fetchOnce(url, { address: first.address, timeoutMs: left }));
}

const isWithin = (host: string, rule: HostRule): boolean => {
  const domain = rule.replace(/^\./, "");
  return domain !== "" && (host === domain || isUnder(host, `.${domain}`));
};

const resolveAll = (host: string) => lookup(host, { all: true });

/** No addresses when the name is unknown or the answer takes too long. */
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
