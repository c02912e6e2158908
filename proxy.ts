import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import { getSettings } from "./lib/server/env/settings";

const development = process.env.NODE_ENV === "development";

/**
 * Security headers for every page, with a fresh nonce for the scripts that Next writes into it. No authorisation is
 * decided here: pages and actions do that themselves. DOKU's addresses stay out of the matcher below, so that nothing
 * touches the bytes that a signature is over.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = policyWith(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from here; one that a client sent is overwritten.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    // Browsers hold a form's redirects to this as well, and without scripts a checkout form ends at the acquirer's page.
    `form-action 'self' ${getSettings().paymentDestinations.map(sourceOf).join(" ")}`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** A destination of the settings as a source of the policy: `.indodana.com` means every host below it. */
const sourceOf = (destination: string): string =>
  destination.includes("://") ? destination : `https://${destination.replace(/^\./, "*.")}`;

export const config = {
  matcher: ["/((?!api/doku/|_next/static/|icon.svg|favicon.ico).*)"],
};
