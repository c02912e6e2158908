import { lookup } from "node:dns/promises";
import { isPublicAddress } from "../parsing/public-address";
import { createTransport } from "./transport";
import type { Exchange, HttpRequest } from "./transport";

export type PublicFetchOptions = {
  /** For DNS, connecting, sending and receiving together. */
  timeoutMs: number;
  maxBytes: number;
  /** Connects wherever the name leads, this machine included; for addresses that settings name. */
  anywhere?: boolean;
  /** Resolves all addresses of a host; tests replace it. */
  resolve?: ((host: string) => Promise<readonly { address: string }[]>) | undefined;
};

export type PublicFetch = Exchange | { outcome: "refused"; because: "private_network" };

/**
 * Sends one request to an address from outside, on the public internet alone. The name is resolved once and exactly that
 * address is connected to, so that a second DNS answer cannot lead elsewhere; no redirect is followed. Never rejects
 * because of the network.
 */
export async function fetchPublic(
  url: URL,
  request: Pick<HttpRequest, "method" | "headers" | "body">,
  options: PublicFetchOptions,
): Promise<PublicFetch> {
  const { timeoutMs } = options;
  if (options.anywhere) return fetchOnce(url, request, options);
  const startedAt = performance.now();
  const addresses = await resolveWithin(timeoutMs, () => (options.resolve ?? resolveAll)(url.hostname));
  const [first] = addresses;
  if (first === undefined) return { outcome: "failed", because: "unreachable" };
  // A private address among public ones suggests an attack.
  if (!addresses.every(({ address }) => isPublicAddress(address)))
    return { outcome: "refused", because: "private_network" };
  const left = Math.max(1, Math.ceil(timeoutMs - (performance.now() - startedAt)));
  return fetchOnce(url, request, { ...options, timeoutMs: left, address: first.address });
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

type OnceOptions = { address?: string; timeoutMs: number; maxBytes: number };

async function fetchOnce(
  url: URL,
  request: Pick<HttpRequest, "method" | "headers" | "body">,
  { address, timeoutMs, maxBytes }: OnceOptions,
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
    return await transport.exchange({ ...request, path: `${url.pathname}${url.search}` });
  } finally {
    transport.close();
  }
}
