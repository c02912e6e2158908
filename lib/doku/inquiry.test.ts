import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verifyResponse } from "./envelope";
import vectors from "@/test/fixtures/doku/signature-vectors.json";
import { readInquiry, sealAnswer } from "./inquiry";
import { testKeys } from "@/test/doku-replies";

const sample = readFileSync("test/fixtures/doku/alfa.dipc.inquiry.request.json");
const asking = (code: unknown) => JSON.stringify({ online_to_offline_info: { payment_code: code } });

describe("a question of DOKU's", () => {
  test("names a code and the till's own ids", () => {
    expect(readInquiry(sample)).toEqual({
      outcome: "read",
      paymentCode: "8896512345678123",
      identifiers: [
        { name: "AGENT_ID", value: "100001" },
        { name: "AGENT_STORE_ID", value: "10000232" },
        { name: "AGENT_TRX_ID", value: "c1aa04bf421e5b38c3d18933e9994d3f289def65" },
      ],
    });
  });

  test("may name the code as a number, as long as no digit is lost", () => {
    const parseCode = (code: string) => readInquiry(asking("X").replace('"X"', code));
    expect(parseCode("8896512345678123")).toMatchObject({ paymentCode: "8896512345678123" });
    expect(parseCode("9007199254740993")).toEqual({ outcome: "unreadable", why: "no_payment_code" });
    expect(parseCode("88965123456781239")).toMatchObject({ outcome: "unreadable" });
  });

  test("keeps the zeros that a code begins with", () => {
    expect(readInquiry(asking("0008896512"))).toMatchObject({ paymentCode: "0008896512" });
  });

  test.each([
    ["not_json", "not JSON"],
    ["not_json", ""],
    ["not_an_object", "[]"],
    ["not_an_object", "null"],
    ["no_payment_code", "{}"],
    ["no_payment_code", '{"online_to_offline_info":[]}'],
    ...[null, "", -1, 1.5, true, [], {}].map((code) => ["no_payment_code", asking(code)]),
  ])("without a code that can be read is %s: %s", (why, body) => {
    expect(readInquiry(body ?? "")).toEqual({ outcome: "unreadable", why });
  });

  test("is read although its ids are of another shape", () => {
    const body = { ...JSON.parse(asking("889651")), online_to_offline_inquiry: { identifier: [1, {}, "x"] } };
    expect(readInquiry(JSON.stringify(body))).toMatchObject({ paymentCode: "889651", identifiers: [] });
  });
});

describe("our answer", () => {
  const vector = vectors.vectors.find(({ id }) => id === "inquiry-alfa-response");
  if (!vector) throw new Error("no such vector");
  const { target, body, timestamp } = vector;
  const seal = (requestId: string | undefined) =>
    sealAnswer(
      { keys: testKeys, target, at: new Date(timestamp), freshId: () => "fresh" },
      (name) => (name === "Request-Id" ? requestId : undefined),
      { httpStatus: 200, body: body ?? "" },
    );

  test("carries the four headers of the vector", () => {
    expect(seal(vector.request_id)).toEqual({
      httpStatus: 200,
      body,
      headers: {
        "Client-Id": vector.client_id,
        "Request-Id": vector.request_id,
        "Response-Timestamp": timestamp,
        Signature: vector.signature,
      },
    });
  });

  test.each([undefined, "", "a\nb", "é", "x".repeat(129)])(
    "is signed under an id of its own when the question's cannot be: %s",
    (requestId) => {
      const { headers } = seal(requestId);
      expect(headers["Request-Id"]).toBe("fresh");
      const answer = { headers: (name: string) => headers[name], rawBody: Buffer.from(body ?? "") };
      expect(verifyResponse({ ...answer, target, requestId: "fresh", keys: testKeys })).toBe("sealed");
    },
  );

  test.each(["r", "x".repeat(128), "A, B"])("echoes what can be signed: %s", (requestId) => {
    expect(seal(requestId).headers["Request-Id"]).toBe(requestId);
  });
});
