import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { warnOfOtherAddress } from "./lib/server/auth/auth-origin";
import { findOrderIdIn, orderIdHeader } from "./lib/server/i18n/order-in-path";
import { getSettings } from "./lib/server/env/settings";

const development = process.env.NODE_ENV === "development";

/**
 * Adds security headers to every page, with a fresh nonce for Next's scripts. Authorisation is decided in pages and
 * actions, not here. The matcher below leaves out DOKU's requests: Next waits for the whole body of a request that
 * passes through here and keeps it in memory, up to 10 MB.
 */
export function proxy(request: NextRequest): NextResponse {
  const url = new URL(request.url);
  if (url.pathname !== "/" && url.pathname.endsWith("/") && !isDokuPath(url.pathname))
    return redirectWithoutSlash(url);
  const nonce = btoa(crypto.randomUUID());
  const policy = buildPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from here; one that a client sent is overwritten.
  headers.set("content-security-policy", policy);
  // Overwritten as well: the page's language may depend on it.
  headers.set(orderIdHeader, findOrderIdIn(url.pathname) ?? "");
  const { appUrl } = getSettings();
  // Next compares a form's Origin with this or with Host, which a proxy may have replaced by its own name for us.
  headers.set("x-forwarded-host", new URL(appUrl).host);
  warnOfOtherAddress(request.headers, appUrl);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** A path that settings name. Without both of DOKU's headers it is a page that does not exist, and no redirect. */
function isDokuPath(pathname: string): boolean {
  const { notificationPath, inquiryPath } = getSettings();
  return [notificationPath, inquiryPath].some((path) => path.replace(/\/$/, "") === pathname.slice(0, -1));
}

/** Done here, because Next would also redirect DOKU's requests, and DOKU follows no redirect (next.config.mjs). */
function redirectWithoutSlash(url: URL): NextResponse {
  url.pathname = url.pathname.replace(/\/+$/, "");
  return NextResponse.redirect(url, 308);
}

const buildPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    // Browsers hold a form's redirects to this as well, and without scripts a checkout form ends at the acquirer's
    // page.
    `form-action 'self' ${getSettings().paymentDestinations.map(toPolicySource).join(" ")}`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** A host of the settings as a source of the policy: `.indodana.com` means every host below it. */
const toPolicySource = (destination: string): string =>
  destination.includes("://") ? destination : `https://${destination.replace(/^\./, "*.")}`;

/**
 * All requests but those with both of DOKU's headers (see the rewrite in next.config.mjs), those of the merchant's API,
 * which has no pages, and files that people send, bills, pictures and photos of receipts: their bodies may be larger than what Next keeps
 * of one here (`proxyClientMaxBodySize`).
 */
export const config = {
  matcher: [
    {
      source:
        "/((?!api/doku/|api/v1/|api/dashboard/bills|api/dashboard/links/|api/dashboard/appearance/|api/claims/|_next/static/|icon.svg|favicon.ico).*)",
      missing: [{ type: "header", key: "signature" }],
    },
    {
      source:
        "/((?!api/doku/|api/v1/|api/dashboard/bills|api/dashboard/links/|api/dashboard/appearance/|api/claims/|_next/static/|icon.svg|favicon.ico).*)",
      missing: [{ type: "header", key: "client-id" }],
    },
  ],
};
