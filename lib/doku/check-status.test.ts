import { createHmac } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { anyText } from "@/test/any-text";
import { atScale } from "@/test/scale";
import { statusPath } from "./client";
import statusSample from "@/test/fixtures/doku/check-status.indodana.success.json";
import {
  always,
  answerSigned,
  readBody,
  closeAll,
  dokuAnswering,
  sample,
  testKeys,
  unsigned,
} from "@/test/doku-replies";

const { refusal } = sample;
afterEach(closeAll);

describe("DokuClient.checkStatus", () => {
  const statusAnswer = JSON.stringify({ ...statusSample, order: { invoice_number: "KB-1", amount: 100000 } });

  test("requests the invoice number's path, without a body and without a Digest line", async () => {
    const seen: { request: IncomingMessage; received: Buffer }[] = [];
    const { check } = await dokuAnswering(async (request, response) => {
      seen.push({ request, received: await readBody(request) });
      answerSigned([request, response], [200, statusAnswer]);
    });
    expect(await check()).toMatchObject({
      outcome: "reported",
      report: { status: "SUCCESS", amount: 100000 },
      text: statusAnswer,
    });
    const [{ request, received } = raise()] = seen;
    const component = `Client-Id:${testKeys.clientId}\nRequest-Id:r-1\nRequest-Timestamp:2020-08-11T08:45:42Z\nRequest-Target:/orders/v1/status/KB-1`;
    const hmac = createHmac("sha256", testKeys.current).update(component).digest("base64");
    expect(request).toMatchObject({ method: "GET", url: "/orders/v1/status/KB-1" });
    expect(request.headers["signature"]).toBe(`HMACSHA256=${hmac}`);
    expect(received).toHaveLength(0);
  });

  test.each([refusal, "", "<html></html>"])("returns not_found for a 404 with the body %j", async (text) => {
    const { check } = await dokuAnswering(unsigned(404, text));
    expect(await check()).toEqual({ outcome: "not_found", text });
  });

  test("returns told for a status without a date: the status needs none to be true", async () => {
    const bare = { order: { invoice_number: "KB-1" }, transaction: { status: "EXPIRED" } };
    const { check } = await dokuAnswering(always(200, JSON.stringify(bare)));
    expect(await check()).toMatchObject({
      outcome: "reported",
      report: { status: "EXPIRED", date: undefined },
    });
  });

  test("returns unknown for a signed answer about another invoice", async () => {
    const { check } = await dokuAnswering(always(200, statusAnswer));
    expect(await check("KB-2")).toMatchObject({ outcome: "unknown", because: "unreadable", httpStatus: 200 });
  });

  const answers: [string, RequestListener, string][] = [
    ["an unsigned 200", unsigned(200, statusAnswer), "unsigned"],
    ["a 200 with a wrong signature", always(200, statusAnswer, { secret: "SK-x" }), "bad_signature"],
    ["a 404 with a wrong signature", always(404, refusal, { secret: "SK-x" }), "bad_signature"],
    ["a 200 without a transaction", always(200, '{"order":{"invoice_number":"KB-1"}}'), "unreadable"],
    ["a signed 409", always(409, statusAnswer), "conflict"],
    ["401", unsigned(401, refusal), "refused"],
    ["403", unsigned(403, refusal), "refused"],
    ["429", unsigned(429, ""), "rate_limited"],
    ["500", unsigned(500, ""), "server_error"],
    ["302", unsigned(302, ""), "redirected"],
  ];
  test.each(answers)("returns unknown for %s", async (_, listener, because) => {
    const { check } = await dokuAnswering(listener);
    expect(await check()).toMatchObject({ outcome: "unknown", because });
  });

  test("statusPath throws on anything but an invoice number (T23)", () => {
    fc.assert(
      fc.property(anyText(70), (text) => {
        if (/^[A-Z0-9-]{1,64}$/.test(text)) expect(statusPath(text)).toBe(`/orders/v1/status/${text}`);
        else expect(() => statusPath(text)).toThrow();
      }),
      { numRuns: atScale({ usual: 400, stress: 2000 }) },
    );
    for (const trick of [
      "../x",
      "KB-1?x=1",
      "KB-1/..",
      "KB-1%2f",
      "KB-1#",
      "KB-1\n",
      "",
      "kb-1",
      "KB 1",
      "K".repeat(65),
    ]) {
      expect(() => statusPath(trick)).toThrow();
    }
  });
});

const raise = (): never => {
  throw new Error("DOKU was not asked");
};
