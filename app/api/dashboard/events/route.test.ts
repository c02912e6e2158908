import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Runtime } from "@/lib/server/deps";
import { served } from "@/test/next-headers";
import { GET } from "./route";

vi.mock("next/headers", () => import("@/test/next-headers"));

const listeners = new Set<() => void>();
const live = {
  subscribe: (_id: string, listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
let session: object | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  served.headers = new Headers();
  const user = { id: "m", name: "Sri", email: "sri@example.id" };
  session = { session: { id: "s", updatedAt: new Date() }, user };
  const auth = { api: { getSession: () => Promise.resolve(session) } };
  globalThis.kodeBayarAuth = Promise.resolve(auth) as unknown as NonNullable<typeof globalThis.kodeBayarAuth>;
  // The one query of a stream asks whether its session is still there.
  const listStored = () => Promise.resolve(session === undefined ? [] : [{ id: "s" }]);
  const db = { select: () => ({ from: () => ({ where: listStored }) }) };
  const deps = { db, now: () => new Date() };
  globalThis.kodeBayarRuntime = Promise.resolve({ deps, live } as unknown as Runtime);
});
afterEach(() => {
  globalThis.kodeBayarAuth = undefined;
  globalThis.kodeBayarRuntime = undefined;
  vi.useRealTimers();
});

const openEvents = () => GET(new Request("https://shop.example/api/dashboard/events"));

test("a stream ends within seconds of its session, and is not opened again", async () => {
  const response = await openEvents();
  expect(response.status).toBe(200);
  expect(listeners.size).toBe(1);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(listeners.size).toBe(1);
  session = undefined;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(listeners.size).toBe(0);
  // It ended, so its text is complete; it never said more than that something changed.
  expect(await response.text()).not.toMatch(/^data: (?!changed|alive)/m);
  expect((await openEvents()).status).toBe(401);
});
