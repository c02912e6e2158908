import { afterEach, beforeEach, expect, test } from "vitest";
import { parseSettings } from "../env/settings";
import { openSearch, sealSearch } from "./sealed-search";

const before = globalThis.kodeBayarSettings;

function serveWithSecret(secret: string): void {
  const read = parseSettings({ SESSION_SECRET: secret });
  if (read.outcome === "wrong") throw new Error(read.problems.join("\n"));
  globalThis.kodeBayarSettings = read.settings;
}

beforeEach(() => serveWithSecret("0123456789abcdef0123456789abcdef"));
afterEach(() => void (globalThis.kodeBayarSettings = before));

test.each(["Sari Dewi", "0812-3456-7890", "山田太郎", ""])("a sealed search is opened again: %j", (words) => {
  const sealed = sealSearch(words);
  expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(openSearch(sealed)).toBe(words);
});

test("neither the words nor that they are the same can be seen in an address", () => {
  const [one, other] = [sealSearch("Sari Dewi"), sealSearch("Sari Dewi")];
  expect(one).not.toBe(other);
  for (const text of [one, Buffer.from(one, "base64url").toString("latin1")])
    expect(text).not.toMatch(/Sari|Dewi/);
});

test("a text that was changed, cut or sealed under another secret is not opened", () => {
  const sealed = sealSearch("Sari Dewi");
  const bytes = Buffer.from(sealed, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(openSearch(changed.toString("base64url"))).toBeUndefined();
  }
  for (const text of [
    "",
    "x",
    "Sari Dewi",
    sealed.slice(1),
    sealed.slice(0, -4),
    bytes.subarray(0, 28).toString("base64url"),
  ])
    expect(openSearch(text), text).toBeUndefined();
  serveWithSecret("another-secret-of-32-characters!");
  expect(openSearch(sealed)).toBeUndefined();
});

test("words beyond the longest search are cut", () => {
  expect(openSearch(sealSearch("a".repeat(300)))).toHaveLength(100);
});
