import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, test } from "vitest";
import { createLog, failureLevel } from "./log";

/** A log whose lines the test reads. */
function readableLog(level?: Parameters<typeof createLog>[1]) {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line) }, level);
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "{}") };
}

const canaries = {
  signature: "HMACSHA256=c2lnbmF0dXJlLWNhbmFyeQ==",
  secret: "SK-canary0123456789",
  code: "6059000000000205",
  spacedCode: "6059 0000 0000 0205",
  phone: "+62812-3456-7890",
  localPhone: "081234567890",
  email: "anton.canary@example.com",
  databaseUrl: "postgres://kode:canary-password@db.example/kode",
};
const traces = /canary|c2lnbmF0dXJl|6059 ?0000|34567890|3456-7890|Anton/;

describe("the log", () => {
  test("writes no personal data and secrets, in any text, member or depth", () => {
    const { log, lines } = readableLog();
    for (const canary of Object.values(canaries)) {
      log("error", "text", { reason: `it was ${canary}, twice "${canary}"` });
      log("error", "thrown", { error: new Error(`cannot use ${canary}`) });
      log("error", "cause", { error: new Error("outer", { cause: new Error(`{"value":"${canary}"}`) }) });
      log("error", "deep", { tried: [{ with: { value: canary } }] });
    }
    for (const name of [
      "signature",
      "Signature",
      "secret_key",
      "paymentCode",
      "phone",
      "email",
      "name",
      "body",
    ])
      log("error", "member", { [name]: "Anton canary", inner: { [name]: "Anton canary" } });
    log("error", "drizzle", { error: new DrizzleQueryError("select $1", ["Anton"], new Error("the cause")) });
    const quoted = Object.assign(new Error('invalid input syntax for type uuid: "Anton"'), {
      severity: "ERROR",
    });
    log("error", "postgres", { error: quoted });
    log("error", "string", { error: "Anton" });
    log("error", "string", { error: new Error("outer", { cause: "Anton" }) });
    expect(lines).toHaveLength(4 * Object.keys(canaries).length + 12);
    expect(lines.filter((line) => traces.test(line))).toEqual([]);
  });

  test("keeps the stack, the code and the cause of an error", () => {
    const { log, last } = readableLog();
    const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    log("error", "failed", { error: new DrizzleQueryError("select $1", ["anton@example.com"], cause) });
    expect(last()).toMatchObject({
      level: "error",
      event: "failed",
      error: {
        message: "a query failed",
        stack: expect.stringMatching(/^\s+at .*log\.test\.ts:\d+/m),
        cause: { type: "Error", code: "ECONNREFUSED", message: "connect ECONNREFUSED" },
      },
    });
  });

  test("keeps invoice numbers, ids, times and amounts", () => {
    const { log, last } = readableLog();
    const details = {
      invoice: "KB-261121-12345678",
      notification: "12345678-1234-4234-8234-123456789012",
      moment: "2026-11-21T09:30:00.000Z",
      amount: 150_000_000,
    };
    log("info", "facts", details);
    expect(last()).toMatchObject(details);
  });

  test("writes nothing below its level", () => {
    const { log, lines } = readableLog("warn");
    for (const level of ["debug", "info", "warn", "error"] as const) log(level, level);
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(["warn", "error"]);
  });

  test("logs an outage of the database as a warning, and everything else as an error", () => {
    expect(failureLevel(Object.assign(new Error("away"), { code: "ECONNREFUSED" }))).toBe("warn");
    expect(failureLevel(new TypeError("a bug"))).toBe("error");
  });
});
