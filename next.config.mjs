import createNextIntlPlugin from "next-intl/plugin";
import { securityHeaders } from "./scripts/security-headers.mjs";

// Builds and servers of merchants report to nobody; here, so that it travels with the repository.
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // No photos to optimise, and the optimiser has had remote-code holes: it stays shut.
  images: { unoptimized: true },
  // A title belongs to the page from its first byte on: streamed behind it, it was missing for a moment at each refresh,
  // and a screen reader then has no name for the page.
  htmlLimitedBots: /.*/,
  serverExternalPackages: ["@electric-sql/pglite", "postgres"],
  experimental: { serverActions: { bodySizeLimit: "64kb" } },
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
