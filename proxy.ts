import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";

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
    // No limit on where a form's answer leads: browsers apply form-action to redirects too, and checkout ends at Indodana.
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

export const config = {
  matcher: ["/((?!api/doku/|_next/static/|icon.svg).*)"],
};
