import { createHash } from "node:crypto";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";
import { addCompileHints } from "./scripts/compile-hints.mjs";
import { hashOfSources } from "./scripts/prepare.mjs";

// No telemetry from builds and servers of merchants.
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

/**
 * Next names actions after this key and would make a new one with every build: a page from before a deployment, or of another
 * machine that built the same sources, would ask for actions that do not exist. Next encrypts with it what an action takes along
 * from its page, and none of ours takes anything (docs/decisions/025-builds-that-fit-together.md).
 */
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= createHash("sha256")
  .update("kode-bayar actions")
  .digest("base64");

/**
 * The same on every machine that builds the same sources with the same key. Without the letter "a": blockers of
 * advertisements stop addresses with "ad".
 */
const createBuildId = () =>
  createHash("sha256")
    .update(`${hashOfSources()} ${process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY}`)
    .digest("hex")
    .slice(0, 20)
    .replaceAll("a", "g");

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
  generateBuildId: createBuildId,
  compiler: { runAfterProductionCompile: async ({ distDir }) => addCompileHints(distDir) },
  // Next would take the topmost folder with a lock file, and name scripts after their path from there: the same sources would
  // give other scripts in another place.
  turbopack: { root: import.meta.dirname },
  // Only where it is used: `next start` would print a warning about it.
  ...(process.env.STANDALONE === "true" && {
    output: "standalone",
    // The server reads them from the working directory at the start; no import leads to them.
    outputFileTracingIncludes: { "/api/health": ["./db/migrations/**/*"] },
  }),
  // `npm run check` checks them, faster and in parallel; who builds to run the shop need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // There are no photos to optimise, and the optimiser has had security holes.
  images: { unoptimized: true },
  // Sends the title in the head for every client. When it was streamed later, screen readers had no name for the page for a
  // moment.
  htmlLimitedBots: /.*/,
  // Loaded once from node_modules. What is bundled is copied into every route's chunks, and each copy stays in memory.
  serverExternalPackages: [
    ...["@electric-sql/pglite", "postgres"],
    ...["undici", "rate-limiter-flexible", "ipaddr.js", "libphonenumber-js"],
  ],
  experimental: {
    serverActions: { bodySizeLimit: "64kb" },
    // Next keeps what comes through proxy.ts in memory, by default 10 MB of each unfinished request. More than an action
    // takes, so that an action is what refuses a body that is too large.
    proxyClientMaxBodySize: "80kb",
  },
  // DOKU follows no redirect, so a configured path with a slash at its end must be served as it is. proxy.ts still redirects
  // pages.
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
    // Indodana's page shows them; nothing else is for other sites.
    ...["/products/:productId/picture", "/l/:slug/picture"].map((source) => ({
      source,
      headers: [{ key: "cross-origin-resource-policy", value: "cross-origin" }],
    })),
  ],
};

/** Its compilers are loaded with it, 20 MB, which a server that is built needs no more. */
async function addTranslations() {
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  return createNextIntlPlugin({
    requestConfig: "./lib/server/i18n/i18n.ts",
    // Messages are compiled by the build, so that no page's script carries the parser of their syntax.
    experimental: {
      messages: { path: "./messages", format: "json", locales: ["id", "en"], precompile: true },
    },
  })(config);
}

/** @param {string} phase what Next loads it for */
export default function configure(phase) {
  return phase === PHASE_PRODUCTION_SERVER ? config : addTranslations();
}
