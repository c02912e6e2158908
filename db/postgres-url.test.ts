import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { parsePostgresUrl } from "./postgres-url";

const base = "postgres://kode:p%40ss@db.example:5433/shop";

test.each([
  ["Neon", "sslmode=require&channel_binding=require", "sslmode=require", ["channel_binding"]],
  ["Supabase", "pgbouncer=true&connection_limit=1", "", ["pgbouncer", "connection_limit"]],
  ["Prisma", "schema=public&sslmode=require", "sslmode=require", []],
  ["Prisma with a schema", "schema=shop", "search_path=shop", []],
  ["node-postgres", "sslmode=no-verify&uselibpqcompat=true", "sslmode=require", ["uselibpqcompat"]],
  ["libpq", "sslrootcert=system&connect_timeout=10", "sslmode=verify-full", ["connect_timeout"]],
  ["the server itself", "options=-c%20jit%3Doff", "options=-c%20jit%3Doff", []],
])("takes an address as %s prints it, and names the parameters it ignores", (_, query, kept, ignored) => {
  expect(parsePostgresUrl(`${base}?${query}`)).toEqual({
    url: kept ? `${base}?${kept}` : base,
    host: undefined,
    ssl: undefined,
    ignored,
  });
});

test("leaves an address without parameters as it is", () => {
  expect(parsePostgresUrl(base).url).toBe(base);
});

test("takes a socket from the query", () => {
  expect(parsePostgresUrl("postgres://kode@localhost/shop?host=/var/run/postgresql")).toMatchObject({
    url: "postgres://kode@localhost/shop",
    host: "/var/run/postgresql",
  });
});

test("verifies with the certificate that sslrootcert names", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kode-bayar-ca-"));
  const file = path.join(folder, "root.crt");
  writeFileSync(file, "a certificate");
  const ssl = (mode: string) => parsePostgresUrl(`${base}?sslmode=${mode}&sslrootcert=${file}`).ssl;
  expect(ssl("verify-full")).toEqual({ ca: "a certificate", rejectUnauthorized: true });
  expect(ssl("verify-ca")?.checkServerIdentity?.()).toBeUndefined();
  expect(ssl("verify-ca")).toHaveProperty("checkServerIdentity");
  rmSync(folder, { recursive: true });
});
