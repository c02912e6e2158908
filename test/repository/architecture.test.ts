import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { channels } from "@/lib/channels/registry";

const root = path.resolve(import.meta.dirname, "../..");

/** A folder may import itself and what is listed here, by folder or by package. */
const mayImport: Record<string, readonly string[]> = {
  "lib/payment": ["zod"],
  "lib/appearance": [],
  "lib/parsing": ["lib/payment", "zod", "yauzl", "saxen", "node:"],
  "lib/http": ["lib/parsing", "undici", "node:"],
  "lib/doku": ["lib/payment", "lib/parsing", "lib/http", "zod", "node:"],
  "lib/email": ["lib/payment", "lib/appearance", "nodemailer", "node:"],
  "lib/webhooks": ["lib/payment", "lib/parsing", "lib/http", "standardwebhooks", "node:"],
  "lib/channels": ["lib/payment", "lib/parsing", "zod", "libphonenumber-js"],
  "lib/api": ["lib/payment", "lib/channels", "lib/webhooks", "zod", "zod-openapi", "node:"],
  db: [
    "lib/payment",
    "lib/appearance",
    "lib/email",
    "drizzle-orm",
    "postgres",
    "@electric-sql/pglite",
    "node:",
    "server-only",
  ],
  "lib/operations": [
    "lib/payment",
    "lib/appearance",
    "lib/parsing",
    "lib/doku",
    "lib/channels",
    "lib/webhooks",
    "lib/email",
    "db",
    "zod",
  ],
  "lib/server": [
    "lib",
    "db",
    "next",
    "next-intl",
    "use-intl",
    "better-auth",
    "pino",
    "rate-limiter-flexible",
    "ipaddr.js",
    "bwip-js",
    "ical.js",
    "sharp",
    "zod",
    "react",
    "node:",
    "server-only",
    "messages",
  ],
  components: [
    "lib/payment",
    "lib/appearance",
    "react",
    "react-dom",
    "next-intl",
    "messages",
    "next/link",
    "next/navigation",
  ],
  app: [
    "lib",
    "db",
    "components",
    "messages",
    "next",
    "next-intl",
    "react",
    "react-dom",
    "zod",
    "node:",
    "server-only",
    "@conform-to/react",
    "@conform-to/zod",
  ],
  simulator: ["zod", "hono", "@hono/node-server", "standardwebhooks", "node:"],
  examples: ["zod", "hono", "@hono/node-server", "openapi-fetch", "standardwebhooks", "node:"],
  e2e: [
    "@playwright/test",
    "@axe-core/playwright",
    "standardwebhooks",
    "ical.js",
    "test/harness",
    "test/contract",
    "get-port",
    "node:",
  ],
};

/** Tests may also import the runner and the test database. */
const forTests = [
  ...["vitest", "fast-check", "csv-parse/sync", "standardwebhooks"],
  ...["drizzle-orm", "test", "messages", "node:"],
];

const files = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((name) => /\.(ts|tsx|mts|mjs)$/.test(name) && statSync(path.join(root, name)).isFile());

const source = (file: string): string => readFileSync(path.join(root, file), "utf8");

const statement =
  /^(?:import|export)\b(?:[^"'();=]*?\bfrom)?\s*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm;

const listImports = (file: string): string[] =>
  [...source(file).matchAll(statement)].map(([, fixed, lazy]) => resolve(file, fixed ?? lazy ?? ""));

function resolve(file: string, name: string): string {
  if (name.startsWith("@/")) return name.slice(2);
  return name.startsWith(".") ? path.posix.join(path.posix.dirname(file), name) : name;
}

const isUnder = (name: string, home: string): boolean =>
  name === home || name.startsWith(home.endsWith(":") ? home : `${home}/`);

/** Folders without import cycles, of types either. */
const acyclic = [
  "db",
  "lib/api",
  "lib/http",
  "lib/email",
  "lib/webhooks",
  "lib/parsing",
  "lib/doku",
  "lib/channels",
  "lib/operations",
  "lib/server",
];

/** Import cycles among all files of these folders. */
function findCycles(folders: readonly string[]): string[] {
  const all = folders.flatMap(files);
  const byName = new Map(
    all.flatMap((file) => [/\.\w+$/, /\/index\.\w+$/].map((end) => [file.replace(end, ""), file] as const)),
  );
  const seen = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, importers: readonly string[]): void => {
    if (importers.includes(file))
      cycles.push([...importers.slice(importers.indexOf(file)), file].join(" > "));
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of listImports(file)) {
      const target = byName.get(name);
      if (target !== undefined) visit(target, [...importers, file]);
    }
  };
  for (const file of all) visit(file, []);
  return cycles;
}

const isTest = (file: string): boolean => /\.test\.tsx?$|^simulator\/testing\.ts$/.test(file);

/** The modules whose values a file loads, directly or by others: types are gone in the browser. */
function listLoaded(start: readonly string[]): string[] {
  const all = ["components", "lib"].flatMap(files);
  const byName = new Map(all.map((file) => [file.replace(/\.\w+$/, ""), file] as const));
  const loaded = new Set<string>();
  const visit = (file: string): void => {
    for (const [, name = ""] of source(file).matchAll(/^import (?!type\b)[^"]*"([^"]+)"/gm)) {
      const wanted = resolve(file, name);
      if (loaded.has(wanted)) continue;
      loaded.add(wanted);
      const target = byName.get(wanted);
      if (target !== undefined) visit(target);
    }
  };
  for (const file of start) visit(file);
  return [...loaded];
}

describe("the source tree", () => {
  test("the payment page's script loads neither zod nor anything of the server", () => {
    const loaded = listLoaded(files("components/payment").filter((file) => !isTest(file)));
    expect(loaded.length).toBeGreaterThan(20);
    expect(loaded.filter((name) => name === "zod" || isUnder(name, "lib/server"))).toEqual([]);
  });

  test.each(Object.entries(mayImport))("%s imports only what it may", (folder, allowed) => {
    const violations = files(folder).flatMap((file) =>
      listImports(file)
        .filter(
          (name) =>
            ![folder, ...allowed, ...(isTest(file) ? forTests : [])].some((home) => isUnder(name, home)),
        )
        .map((name) => `${file} imports ${name}`),
    );
    expect(violations).toEqual([]);
  });

  test("db, operations, server and the folders they use have no import cycles", () => {
    expect(findCycles(acyclic)).toEqual([]);
  });

  test("every file of lib/server, and db/client.ts, imports server-only", () => {
    const unmarked = [...files("lib/server").filter((file) => !isTest(file)), "db/client.ts"].filter(
      (file) => !source(file).includes('import "server-only"'),
    );
    expect(unmarked).toEqual([]);
  });

  test("only lib/server reads the environment", () => {
    const readers = [
      "lib/payment",
      "lib/parsing",
      "lib/doku",
      "lib/channels",
      "lib/operations",
      "db",
      "components",
      "app",
    ]
      .flatMap(files)
      .filter((file) => !isTest(file) && source(file).includes("process.env"));
    expect(readers).toEqual([]);
  });

  test("no code outside a channel's folder compares channel ids", () => {
    const names = new RegExp(`["'](${channels.map(({ id }) => id).join("|")})["']`);
    const comparing = ["lib", "db", "app", "components"]
      .flatMap(files)
      .filter((file) => !isTest(file) && !file.startsWith("lib/channels/") && names.test(source(file)));
    expect(comparing).toEqual([]);
  });

  test("shared messages name no channel", () => {
    const words = channels.flatMap(({ id, label, stores }) => [id, label, ...stores]);
    const name = new RegExp(words.map((word) => word.replaceAll("+", "\\+")).join("|"), "i");
    for (const catalogue of readdirSync(path.join(root, "messages"))) {
      const { channels: _own, ...shared } = JSON.parse(source(`messages/${catalogue}`));
      expect(JSON.stringify(shared), catalogue).not.toMatch(name);
    }
  });

  test("the style sheet has a rule for the texts of every channel", () => {
    const places = new Set(source("app/globals.css").match(/(?<=data-words-of=")\d+/g));
    expect(places.size).toBeGreaterThanOrEqual(channels.length);
  });

  test("nothing imports the simulator, and only app imports app", () => {
    const violations = ["lib", "db", "components", "app"]
      .flatMap(files)
      .flatMap((file) => listImports(file).map((name) => ({ file, name })))
      .filter(
        ({ file, name }) => isUnder(name, "simulator") || (isUnder(name, "app") && !file.startsWith("app/")),
      );
    expect(violations).toEqual([]);
  });
});
