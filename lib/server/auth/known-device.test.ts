import { expect, test } from "vitest";
import { deviceLifeSeconds, formatDevice, isKnownTo, parseDevice, rememberAccount } from "./known-device";

const now = new Date("2026-11-27T02:00:00Z");
const context = { key: Buffer.alloc(32, 1), now };
const fresh = { id: "1f3c2a84-7a3e-4b61-9d7e-0f6f3a1c5b22", accounts: [] };
const ofSri = rememberAccount(fresh, "Sri@toko.id", context.key);
const cookie = formatDevice(ofSri, context);

test("a device is known to the accounts that signed in on it, whatever the case of the e-mail", () => {
  const device = parseDevice(cookie, context);
  expect(device && isKnownTo(device, "sri@TOKO.id", context.key)).toBe(true);
  expect(device && isKnownTo(device, "budi@toko.id", context.key)).toBe(false);
});

test("a cookie that was made up, changed or signed with another key makes no device known", () => {
  const [content = "", signature = ""] = cookie.split(".");
  const other = Buffer.from(JSON.stringify({ ...fresh, until: 9e9 })).toString("base64url");
  const forged = [
    undefined,
    "",
    ".",
    "x",
    `${content}.`,
    `${other}.${signature}`,
    `${cookie}.x`,
    `${cookie}x`,
  ];
  for (const value of forged) expect(parseDevice(value, context), value).toBeUndefined();
  expect(parseDevice(cookie, { key: Buffer.alloc(32, 2), now })).toBeUndefined();
});

test("a device is forgotten half a year after its last sign-in", () => {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  expect(parseDevice(cookie, { ...context, now: after(deviceLifeSeconds) })).toBeDefined();
  expect(parseDevice(cookie, { ...context, now: after(deviceLifeSeconds + 1) })).toBeUndefined();
});

test("a device keeps its id and the ten accounts that signed in last", () => {
  const emails = Array.from({ length: 11 }, (_, index) => `${index}@toko.id`);
  const device = emails.reduce((each, email) => rememberAccount(each, email, context.key), ofSri);
  expect(device.id).toBe(fresh.id);
  expect(emails.filter((email) => isKnownTo(device, email, context.key))).toEqual(emails.slice(1));
  expect(rememberAccount(ofSri, "SRI@toko.id", context.key)).toEqual(ofSri);
});

test("the cookie names no e-mail", () => {
  expect(Buffer.from(cookie.split(".")[0] ?? "", "base64url").toString()).not.toMatch(/sri|toko|@/i);
});
