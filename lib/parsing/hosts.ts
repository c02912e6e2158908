/**
 * Parses an http(s) URL from outside. undefined when two URL parsers could disagree about its host: blanks, control
 * characters, backslashes, other alphabets, credentials, a dot at the end.
 */
export function parseForeignUrl(text: string): URL | undefined {
  if (text.length > 2048 || !/^https?:\/\/[a-z0-9][!-[\]-~]*$/i.test(text) || !URL.canParse(text))
    return undefined;
  if (/^[^/]+\/\/[^/?#]*@/.test(text)) return undefined;
  const url = new URL(text);
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(url.hostname) ? url : undefined;
}

/** The host of an address, for a log or a person; undefined for text that is no address. */
export const findHost = (text: string): string | undefined =>
  URL.canParse(text) ? new URL(text).host : undefined;

/** https on its default port. */
export const isPlainHttps = (url: URL): boolean => url.protocol === "https:" && url.port === "";

/** Whether a host lies below a domain such as `.doku.com`; the domain itself does not. */
export const isUnder = (host: string, dottedSuffix: string): boolean =>
  dottedSuffix.startsWith(".") && host.length > dottedSuffix.length && host.endsWith(dottedSuffix);
