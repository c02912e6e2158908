import { afterEach, expect, test } from "vitest";
import type { Runtime } from "@/lib/server/deps";
import { GET } from "./route";

afterEach(() => void (globalThis.kodeBayarRuntime = undefined));

const serve = (ping: () => Promise<void>): void => {
  const database = { kind: "postgres", ping, url: "postgres://secret" };
  globalThis.kodeBayarRuntime = Promise.resolve({ database } as unknown as Runtime);
};

test("says in two words that it can serve, and which kind of database it has", async () => {
  serve(() => Promise.resolve());
  const response = await GET();
  expect(response.status).toBe(200);
  expect(await response.json()).toStrictEqual({ status: "ok", database: "postgres" });
});

test("says only that it is unavailable when the database does not answer, not why", async () => {
  serve(() => Promise.reject(new Error("no route to db.internal")));
  const response = await GET();
  expect(response.status).toBe(503);
  expect(await response.json()).toStrictEqual({ status: "unavailable" });
});
