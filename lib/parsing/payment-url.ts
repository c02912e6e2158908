import { isPlainHttps, isUnder, parseForeignUrl } from "./hosts";

/**
 * One place a shopper may be sent to: `sandbox01.indodana.com` is that host, `.indodana.com` every host below that
 * domain, and `http://localhost:4010` that very origin, for the simulator of the try-it mode.
 */
export type AllowedDestination = string;

/**
 * Whether a payment page that DOKU named may be redirected to (protocol part 6.2): a signed answer is trusted for money,
 * not for sending shoppers anywhere. https on its own port, no credentials, a host on the list.
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
