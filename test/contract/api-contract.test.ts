import { describe, expect, test } from "vitest";
import { buildDocument } from "../../lib/api/document";
import { examples } from "../../lib/api/examples";
import { createApiContract } from "./api-contract";
import type { ApiAnswer } from "./api-contract";

const document = buildDocument("https://shop.example/api/v1");
const contract = createApiContract(document);
const { answer: payment } = examples["getPayment"] as { answer: Record<string, unknown> };

const got: ApiAnswer = {
  method: "GET",
  path: "/payments/pay_1",
  status: 200,
  contentType: "application/json",
  body: payment,
};
const problem = {
  type: "https://shop.example/docs/problems#not_found",
  title: "There is no such thing",
  status: 404,
  code: "not_found",
};
const refused: ApiAnswer = { ...got, status: 404, contentType: "application/problem+json", body: problem };

describe("the contract of the API", () => {
  test("takes answers that are as the document says", () => {
    expect(contract.listFaults(got)).toEqual([]);
    expect(contract.listFaults(refused)).toEqual([]);
  });

  test.each<[string, ApiAnswer]>([
    ["an unknown member", { ...got, body: { ...payment, colour: "red" } }],
    ["a missing member", { ...got, body: { ...payment, amount: undefined } }],
    ["another type", { ...got, body: { ...payment, amount: "92000" } }],
    ["an unknown value", { ...got, body: { ...payment, status: "done" } }],
    [
      "an unknown member within",
      { ...got, body: { ...payment, acquirer: [{ name: "a", value: "b", x: 1 }] } },
    ],
    ["a status that the call does not have", { ...got, status: 201 }],
    ["another type of content", { ...got, contentType: "text/html" }],
    ["a call that there is not", { ...got, method: "DELETE" }],
    ["an address that there is not", { ...got, path: "/refunds" }],
    ["an unknown member of a problem", { ...refused, body: { ...problem, stack: "at …" } }],
    ["a problem that the call does not have", { ...refused, body: { ...problem, code: "no_channel_fits" } }],
    ["a problem with another status", { ...refused, body: { ...problem, status: 400 } }],
    ["a problem without a code at a strange address", { ...refused, path: "/x", body: { status: 404 } }],
  ])("refuses %s", (_, answer) => {
    const body: unknown = JSON.parse(JSON.stringify(answer.body));
    expect(contract.listFaults({ ...answer, body })).not.toEqual([]);
  });
});

describe("the examples of the document", () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

  test.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "fit the call %s",
    (_, { requestBody, responses }) => {
      const answer = responses["200"]?.content["application/json"];
      expect(contract.listBodyFaults(answer?.schema ?? {}, answer?.example)).toEqual([]);
      const request = requestBody?.content["application/json"];
      if (request) expect(contract.listBodyFaults(request.schema, request.example)).toEqual([]);
    },
  );

  test("belong to calls that exist", () => {
    const ids = new Set(operations.map(({ operationId }) => operationId));
    expect(Object.keys(examples).filter((id) => !ids.has(id))).toEqual([]);
  });
});
