import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verifyResponse } from "./envelope";
import vectors from "@/test/fixtures/doku/signature-vectors.json";
import { parseInquiry, signAnswer } from "./inquiry";
import { testKeys } from "@/test/doku-replies";

const sample = readFileSync("test/fixtures/doku/alfa.dipc.inquiry.request.json");
const asking = (code: unknown) => JSON.stringify({ online_to_offline_info: { payment_code: code } });

describe("parseInquiry", () => {
  test("parses the code and the acquirer's identifiers", () => {
    expect(parseInquiry(sample)).toEqual({
      outcome: "read",
      paymentCode: "8896512345678123",
      identifiers: [
        { name: "AGENT_ID", value: "100001" },
        { name: "AGENT_STORE_ID", value: "10000232" },
        { name: "AGENT_TRX_ID", value: "c1aa04bf421e5b38c3d18933e9994d3f289def65" },
      ],
    });
  });

  test("accepts a code that is a number, unless digits were lost", () => {
    const parseCode = (code: string) => parseInquiry(asking("X").replace('"X"', code));
    expect(parseCode("8896512345678123")).toMatchObject({ paymentCode: "8896512345678123" });
    expect(parseCode("9007199254740993")).toEqual({ outcome: "unreadable", why: "no_payment_code" });
    expect(parseCode("88965123456781239")).toMatchObject({ outcome: "unreadable" });
  });

  test("keeps the leading zeros of a code", () => {
    expect(parseInquiry(asking("0008896512"))).toMatchObject({ paymentCode: "0008896512" });
  });

  test.each([
    ["not_json", "not JSON"],
    ["not_json", ""],
    ["not_an_object", "[]"],
    ["not_an_object", "null"],
    ["no_payment_code", "{}"],
    ["no_payment_code", '{"online_to_offline_info":[]}'],
    ...[null, "", -1, 1.5, true, [], {}].map((code) => ["no_payment_code", asking(code)]),
  ])("returns %s for %s", (why, body) => {
    expect(parseInquiry(body ?? "")).toEqual({ outcome: "unreadable", why });
  });

  test("parses an inquiry although its identifiers have another shape", () => {
    const body = { ...JSON.parse(asking("889651")), online_to_offline_inquiry: { identifier: [1, {}, "x"] } };
    expect(parseInquiry(JSON.stringify(body))).toMatchObject({ paymentCode: "889651", identifiers: [] });
  });
});

describe("signAnswer", () => {
  const vector = vectors.vectors.find(({ id }) => id === "inquiry-alfa-response");
  if (!vector) throw new Error("no such vector");
  const { target, body, timestamp } = vector;
  const signInquiryAnswer = (requestId: string | undefined) =>
    signAnswer(
      { keys: testKeys, target, at: new Date(timestamp), freshId: () => "fresh" },
      (name) => (name === "Request-Id" ? requestId : undefined),
      { httpStatus: 200, body: body ?? "" },
    );

  test("signs the four headers of the vector", () => {
    expect(signInquiryAnswer(vector.request_id)).toEqual({
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
    "uses a new Request-Id when the inquiry's cannot be signed: %s",
    (requestId) => {
      const { headers } = signInquiryAnswer(requestId);
      expect(headers["Request-Id"]).toBe("fresh");
      const answer = { headers: (name: string) => headers[name], rawBody: Buffer.from(body ?? "") };
      expect(verifyResponse({ ...answer, target, requestId: "fresh", keys: testKeys })).toBe("signed");
    },
  );

  test.each(["r", "x".repeat(128), "A, B"])("echoes a Request-Id that can be signed: %s", (requestId) => {
    expect(signInquiryAnswer(requestId).headers["Request-Id"]).toBe(requestId);
  });
});
