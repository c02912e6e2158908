import { APIError } from "better-auth/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Runtime } from "@/lib/server/deps";
import { parseSettings } from "@/lib/server/env/settings";
import type { Log } from "@/lib/server/log";
import { served } from "@/test/next-headers";
import { redact } from "../redact";
import { signInStaff } from "./sign-in";
import type { SignInTry } from "./sign-in-limit";

vi.mock("next/headers", () => import("@/test/next-headers"));

const appUrl = "https://toko.example";
const sri = { email: "sri@toko.id", password: "kopi pagi" };
const counted: SignInTry[] = [];
let waitSeconds = 0;
let isForgotten = false;
const log = vi.fn<Log>();
const signIn = (input: typeof sri) => signInStaff(input, log);

beforeEach(() => {
  const read = parseSettings({ APP_URL: appUrl });
  if (read.outcome === "wrong") throw new Error(read.problems.join("\n"));
  globalThis.kodeBayarSettings = read.settings;
  const signInEmail = ({ body }: { body: typeof sri }) => {
    if (body.password !== sri.password) throw new APIError("UNAUTHORIZED");
    return Promise.resolve({ user: { id: "user-1" } });
  };
  globalThis.kodeBayarAuth = Promise.resolve({ api: { signInEmail } }) as never;
  const limit = {
    takeTry: (one: SignInTry) => {
      counted.push(one);
      return Promise.resolve(waitSeconds);
    },
    forgetTry: () => Promise.resolve(void (isForgotten = true)),
  };
  const deps = { db: { delete: () => ({ where: () => Promise.resolve() }) }, now: () => new Date() };
  globalThis.kodeBayarRuntime = Promise.resolve({ deps, limits: { signIn: limit } } as unknown as Runtime);
  served.headers = new Headers({ origin: appUrl, "x-forwarded-for": "203.0.113.7" });
  served.cookies = new Map();
  counted.length = waitSeconds = 0;
  log.mockClear();
  isForgotten = false;
});
afterEach(() => {
  globalThis.kodeBayarAuth = undefined;
  globalThis.kodeBayarRuntime = undefined;
  globalThis.kodeBayarSettings = undefined;
  served.cookies = undefined;
});

const deviceCookie = () => served.cookies?.get("__Host-kode-bayar-device");

test("a device is known after a sign-in, to that account alone", async () => {
  expect(await signIn(sri)).toEqual({ outcome: "signed_in" });
  expect(deviceCookie()?.options).toMatchObject({ httpOnly: true, secure: true, sameSite: "strict" });
  await signIn({ ...sri, email: "SRI@toko.id" });
  await signIn({ ...sri, email: "budi@toko.id", password: "wrong" });
  const ids = counted.map(({ deviceId }) => deviceId);
  expect(ids).toEqual([undefined, expect.any(String), undefined]);
  expect(counted[0]?.network).toBe("203.0.113.0/24");
});

test("a wrong password makes no device known and stays counted", async () => {
  expect(await signIn({ ...sri, password: "wrong" })).toEqual({ outcome: "refused" });
  expect(deviceCookie()).toBeUndefined();
  expect(isForgotten).toBe(false);
  await signIn(sri);
  expect(isForgotten).toBe(true);
});

test("a try that must wait says for how many seconds, and checks no password", async () => {
  waitSeconds = 40;
  expect(await signIn(sri)).toEqual({ outcome: "must_wait", seconds: 40 });
  expect(deviceCookie()).toBeUndefined();
});

test("a form from another site is refused before it is counted", async () => {
  served.headers = new Headers({ origin: "https://elsewhere.example" });
  expect(await signIn(sri)).toEqual({ outcome: "refused" });
  expect(counted).toEqual([]);
});

test("each try is a line in the log: the account, masked or by its id, the network and the outcome", async () => {
  await signIn({ ...sri, password: "wrong-password" });
  await signIn(sri);
  waitSeconds = 40;
  await signIn(sri);
  const masked = { account: "s*** at toko.id", network: "203.0.113.0/24" };
  expect(log.mock.calls).toEqual([
    ["warn", "sign_in_refused", { ...masked, device: "unknown" }],
    ["info", "signed_in", { ...masked, account: "user-1", device: "unknown" }],
    ["warn", "sign_in_limited", { ...masked, device: "known", wait_seconds: 40 }],
  ]);
  expect(JSON.stringify(redact({ lines: log.mock.calls }))).toContain("s*** at toko.id");
});
