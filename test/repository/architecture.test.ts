import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { channels } from "@/lib/channels/registry";

const root = path.resolve(import.meta.dirname, "../..");

/** The import table of the house: a folder may import itself and what stands here, by folder or by package. */
const mayImport: Record<string, readonly string[]> = {
  "lib/payment": ["zod"],
  "lib/parsing": ["lib/payment", "zod", "node:"],
  "lib/doku": ["lib/payment", "lib/parsing", "zod", "undici", "node:"],
  "lib/channels": ["lib/payment", "lib/parsing", "zod"],
  db: ["lib/payment", "drizzle-orm", "postgres", "@electric-sql/pglite", "node:", "server-only"],
  "lib/operations": ["lib/payment", "lib/parsing", "lib/doku", "lib/channels", "db", "zod", "csv-parse/sync"],
  "lib/server": [
    "lib",
    "db",
    "next",
    "next-intl",
    "better-auth",
    "pino",
    "rate-limiter-flexible",
    "zod",
    "react",
    "node:",
    "server-only",
    "messages",
  ],
  components: [
    "lib/payment",
    "react",
    "react-dom",
    "next-intl",
    "messages",
    "@tanstack/react-query",
    "qrcode.react",
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
    "@tanstack/react-query",
  ],
  simulator: ["zod", "hono", "@hono/node-server", "node:"],
  e2e: ["@playwright/test", "@axe-core/playwright", "test/harness", "get-port", "node:"],
};

/** Tests may also use the runner, and their database. */
const forTests = ["vitest", "fast-check", "drizzle-orm", "test", "messages", "node:"];

const files = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((name) => /\.(ts|tsx|mts|mjs)$/.test(name) && statSync(path.join(root, name)).isFile());

const source = (file: string): string => readFileSync(path.join(root, file), "utf8");

const statement =
  /^(?:import|export)\b(?:[^"'();=]*?\bfrom)?\s*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm;

const importsOf = (file: string): string[] =>
  [...source(file).matchAll(statement)].map(([, fixed, lazy]) => resolve(file, fixed ?? lazy ?? ""));

function resolve(file: string, name: string): string {
  if (name.startsWith("@/")) return name.slice(2);
  return name.startsWith(".") ? path.posix.join(path.posix.dirname(file), name) : name;
}

const isUnder = (name: string, home: string): boolean =>
  name === home || name.startsWith(home.endsWith(":") ? home : `${home}/`);

const isTest = (file: string): boolean => /\.test\.tsx?$|^simulator\/testing\.ts$/.test(file);

describe("the house", () => {
  test.each(Object.entries(mayImport))("%s imports only what it may", (folder, allowed) => {
    const strays = files(folder).flatMap((file) =>
      importsOf(file)
        .filter(
          (name) =>
            ![folder, ...allowed, ...(isTest(file) ? forTests : [])].some((home) => isUnder(name, home)),
        )
        .map((name) => `${file} imports ${name}`),
    );
    expect(strays).toEqual([]);
  });

  test("keeps its secrets on the server: every file of lib/server and db/client.ts says so", () => {
    const bare = [...files("lib/server").filter((file) => !isTest(file)), "db/client.ts"].filter(
      (file) => !source(file).includes('import "server-only"'),
    );
    expect(bare).toEqual([]);
  });

  test("reads the environment in lib/server and nowhere else inside", () => {
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

  test("asks nobody which channel it is outside the channel's own folder", () => {
    const names = new RegExp(`["'](${channels.map(({ id }) => id).join("|")})["']`);
    const askers = ["lib", "db", "app", "components"]
      .flatMap(files)
      .filter((file) => !isTest(file) && !file.startsWith("lib/channels/") && names.test(source(file)));
    expect(askers).toEqual([]);
  });

  test("names no channel in a message outside the channel's own words", () => {
    const words = channels.flatMap(({ id, label, stores }) => [id, label, ...stores]);
    const name = new RegExp(words.map((word) => word.replaceAll("+", "\\+")).join("|"), "i");
    for (const catalogue of readdirSync(path.join(root, "messages"))) {
      const { channels: _own, ...shared } = JSON.parse(source(`messages/${catalogue}`));
      expect(JSON.stringify(shared), catalogue).not.toMatch(name);
    }
  });

  test("has a place in the style sheet for the words of every channel", () => {
    const places = new Set(source("app/globals.css").match(/(?<=data-words-of=")\d+/g));
    expect(places.size).toBeGreaterThanOrEqual(channels.length);
  });

  test("knows no page of the app and no line of the simulator from within", () => {
    const strays = ["lib", "db", "components", "app"]
      .flatMap(files)
      .flatMap((file) => importsOf(file).map((name) => ({ file, name })))
      .filter(
        ({ file, name }) => isUnder(name, "simulator") || (isUnder(name, "app") && !file.startsWith("app/")),
      );
    expect(strays).toEqual([]);
  });
});
