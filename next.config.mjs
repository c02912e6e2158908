import createNextIntlPlugin from "next-intl/plugin";

// Builds and servers of merchants report to nobody; here, so that it travels with the repository.
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

/** On every answer; the Content-Security-Policy, which needs a fresh nonce each time, is in proxy.ts. */
const securityHeaders = {
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

/** @type {import("next").NextConfig} */
const config = {
  // `next start` serves the same build; it would only warn that there is another way.
  ...(process.env.STANDALONE === "true" && {
    output: "standalone",
    // Read at the start from the working directory, so that no import leads to them.
    outputFileTracingIncludes: { "/api/health": ["./db/migrations/**/*"] },
  }),
  poweredByHeader: false,
  // No photos to optimise, and the optimiser has had remote-code holes: it stays shut.
  images: { unoptimized: true },
  // A title belongs to the page from its first byte on: streamed behind it, it was missing for a moment at each refresh,
  // and a screen reader then has no name for the page.
  htmlLimitedBots: /.*/,
  serverExternalPackages: ["@electric-sql/pglite", "postgres"],
  experimental: { serverActions: { bodySizeLimit: "64kb" } },
  // DOKU follows no redirect, so a path that settings name with a slash at its end must be served as it is. Pages are
  // still redirected, by proxy.ts.
  skipTrailingSlashRedirect: true,
  // The paths that settings name are not known yet when the app is built (docs/decisions/014-route-handlers-for-doku.md).
  rewrites: async () => ({
    beforeFiles: [
      {
        source: "/((?!api/doku/|_next/).*)",
        has: ["signature", "client-id"].map((key) => ({ type: "header", key, value: ".*" })),
        destination: "/api/doku",
      },
    ],
  }),
  headers: async () => [
    { source: "/:path*", headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })) },
    // Shown on Indodana's page too; nothing else of ours is for other sites.
    {
      source: "/products/:productId/picture",
      headers: [{ key: "cross-origin-resource-policy", value: "cross-origin" }],
    },
  ],
};

const withTranslations = createNextIntlPlugin({
  requestConfig: "./lib/server/i18n/i18n.ts",
  // Messages are compiled by the build, so that no page's script carries the parser of their syntax.
  experimental: { messages: { path: "./messages", format: "json", locales: ["id", "en"], precompile: true } },
});

export default withTranslations(config);
