/** On every answer, Next's and those at DOKU's door; the Content-Security-Policy, which needs a fresh nonce each time, is in proxy.ts. */
export const securityHeaders = {
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  // An order's address is the key to it: no other site may learn it. "no-referrer" would do the same, but with it browsers
  // post forms without an Origin, and forms that work without scripts are then refused
  // (docs/decisions/007-referrer-policy.md).
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};
