import { parseForeignUrl } from "../parsing/hosts";
import { isPublicAddress } from "../parsing/public-address";

export type AddressFault = "not_an_address" | "needs_https" | "private_network";

/**
 * Checks where webhooks may be sent. In production https and the public internet alone; whether a name leads there is
 * looked at again with every message.
 */
export function parseEndpointAddress(
  text: string,
  livemode: boolean,
): { url: URL } | { fault: AddressFault } {
  const url = parseForeignUrl(text);
  if (!url || url.hash !== "") return { fault: "not_an_address" };
  if (!livemode) return { url };
  if (url.protocol !== "https:") return { fault: "needs_https" };
  const { hostname } = url;
  const isPrivateName = /^[^.]+$|\.(localhost|local|internal|lan|home|corp|intranet)$/.test(hostname);
  const isPrivateAddress = /^[0-9.]+$/.test(hostname) && !isPublicAddress(hostname);
  return isPrivateName || isPrivateAddress ? { fault: "private_network" } : { url };
}
