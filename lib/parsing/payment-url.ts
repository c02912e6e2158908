import { isPlainHttps, isUnder, parseForeignUrl } from "./hosts";

/**
 * Where a shopper may be sent to, or this program fetch from: `sandbox01.indodana.com` is that host, `.indodana.com` every host below that
 * domain, and `http://localhost:4010` exactly that origin, for the simulator of the try-it mode.
 */
export type AllowedDestination = string;

/**
 * Whether an address that DOKU named may be used: a payment page (docs/doku-protocol.md#62-response) or payment steps
 * (docs/doku-protocol.md#7-how-to-pay). A signed answer is trusted about money, not about addresses: https on its default
 * port, no credentials, a host on the list.
 */
export function isAllowedPaymentUrl(text: string, allowed: readonly AllowedDestination[]): boolean {
  const url = parseForeignUrl(text);
  if (url === undefined) return false;
  return allowed.some((rule) =>
    rule.includes("://") ? url.origin === rule : isPlainHttps(url) && isAtHost(url.hostname, rule),
  );
}

const isAtHost = (host: string, rule: string): boolean =>
  rule.startsWith(".") ? isUnder(host, rule) : rule !== "" && host === rule;
