import { describe, expect, test } from "vitest";
import type { ApiDocument, ApiOperation, ApiParameter, JsonSchema } from "../../lib/api/open-api";
import { listBreaks } from "./list-breaks";

const beans: JsonSchema = { type: "object", properties: { origin: { type: "string" } } };

const coffee: JsonSchema = {
  type: "object",
  properties: {
    name: { type: "string" },
    roast: { type: "string", enum: ["light", "dark"] },
    note: { type: ["string", "null"] },
    beans: { type: "array", items: beans },
    labels: { type: "object", additionalProperties: { type: "string" } },
  },
  required: ["name", "roast"],
};

const orderRequest: JsonSchema = {
  type: "object",
  properties: {
    cups: { type: "integer", minimum: 1, maximum: 10 },
    size: { type: "string", enum: ["small", "large"] },
    to: { anyOf: [{ $ref: "#/components/schemas/Address" }, { type: "null" }] },
  },
  required: ["cups"],
};

const order: ApiOperation = {
  operationId: "orderCoffee",
  summary: "",
  description: "",
  tags: [],
  parameters: [
    { in: "path", name: "id", required: true, schema: { type: "string" } },
    { in: "query", name: "limit", schema: { type: "integer" } },
  ],
  requestBody: { content: { "application/json": { schema: orderRequest } } },
  responses: {
    "200": {
      description: "",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Coffee" } } },
    },
  },
};

const address: JsonSchema = { type: "object", properties: { city: { type: "string" } } };

const released: ApiDocument = {
  openapi: "3.1.0",
  info: { title: "Cafe", version: "1", description: "" },
  servers: [],
  paths: { "/coffees/{id}": { post: order, get: { ...order, operationId: "getCoffee" } } },
  components: { schemas: { Coffee: coffee, Address: address } },
};

type Path = readonly string[];

/** A copy of the document with another value at one place; undefined takes away what is there. */
function withValue(path: Path, value: unknown): ApiDocument {
  const copy = structuredClone(released);
  const [name = "", ...parents] = path.toReversed();
  let place = copy as unknown as Record<string, unknown>;
  for (const parent of parents.toReversed()) place = place[parent] as Record<string, unknown>;
  if (value === undefined) delete place[name];
  else place[name] = value;
  return copy;
}

const paths: Path = ["paths"];
const post: Path = ["paths", "/coffees/{id}", "post"];
const limit: Path = [...post, "parameters", "1"];
const ok: Path = [...post, "responses", "200"];
const answer: Path = ["components", "schemas", "Coffee"];
const members: Path = [...answer, "properties"];
const request: Path = [...post, "requestBody", "content", "application/json", "schema"];
const inputs: Path = [...request, "properties"];

const breaks: [string, Path, unknown, string][] = [
  ["a removed path", paths, {}, "POST /coffees/{id} is gone"],
  ["a removed method", post, undefined, "POST /coffees/{id} is gone"],
  [
    "another name of a call",
    [...post, "operationId"],
    "buyCoffee",
    "POST /coffees/{id} has another operationId: buyCoffee",
  ],
  [
    "a removed parameter",
    [...post, "parameters"],
    order.parameters?.slice(0, 1),
    "request of POST /coffees/{id}: query limit is gone",
  ],
  [
    "a parameter that is newly required",
    [...limit, "required"],
    true,
    "request of POST /coffees/{id}: query limit is required",
  ],
  [
    "another type of a parameter",
    [...limit, "schema", "type"],
    "string",
    "request of POST /coffees/{id}: query limit is no integer",
  ],
  [
    "a body that is newly required",
    [...post, "requestBody", "required"],
    true,
    "request of POST /coffees/{id} needs a body",
  ],
  ["a removed status", ok, undefined, "answer 200 of POST /coffees/{id} is gone"],
  [
    "a removed type of content",
    [...ok, "content"],
    {},
    "answer 200 of POST /coffees/{id} has no application/json",
  ],
  [
    "a removed member of an answer",
    [...members, "name"],
    undefined,
    "answer 200 of POST /coffees/{id}: /name is gone",
  ],
  [
    "a renamed member of an answer within a list",
    [...members, "beans", "items", "properties"],
    { country: { type: "string" } },
    "answer 200 of POST /coffees/{id}: /beans/*/origin is gone",
  ],
  [
    "a removed value of an answer",
    [...members, "roast", "enum"],
    ["light"],
    'answer 200 of POST /coffees/{id}: /roast no longer knows "dark"',
  ],
  [
    "a value in place of many in an answer",
    [...members, "roast"],
    { type: "string", const: "dark" },
    'answer 200 of POST /coffees/{id}: /roast no longer knows "light"',
  ],
  [
    "another type in an answer",
    [...members, "name", "type"],
    "integer",
    "answer 200 of POST /coffees/{id}: /name is no string",
  ],
  [
    "another type in a map of an answer",
    [...members, "labels", "additionalProperties", "type"],
    "boolean",
    "answer 200 of POST /coffees/{id}: /labels/* is no string",
  ],
  [
    "a member of an answer that may newly be null",
    [...members, "name", "type"],
    ["string", "null"],
    "answer 200 of POST /coffees/{id}: /name may be null",
  ],
  [
    "a member of an answer that may newly be absent",
    [...answer, "required"],
    ["name"],
    "answer 200 of POST /coffees/{id}: /roast may be absent",
  ],
  [
    "a removed member of a request",
    [...inputs, "size"],
    undefined,
    "request of POST /coffees/{id}: /size is gone",
  ],
  [
    "a member of a request that is newly required",
    [...request, "required"],
    ["cups", "size"],
    "request of POST /coffees/{id}: /size is required",
  ],
  [
    "a removed value of a request",
    [...inputs, "size", "enum"],
    ["large"],
    'request of POST /coffees/{id}: /size no longer knows "small"',
  ],
  [
    "a request that newly takes only some values",
    [...inputs, "cups", "enum"],
    [1, 2],
    "request of POST /coffees/{id}: /cups takes only [1,2]",
  ],
  [
    "another type in a request",
    [...inputs, "cups", "type"],
    "string",
    "request of POST /coffees/{id}: /cups is no integer",
  ],
  [
    "a request that may no longer have null",
    [...inputs, "to"],
    { $ref: "#/components/schemas/Address" },
    "request of POST /coffees/{id}: /to is no null",
  ],
  [
    "a lower maximum of a request",
    [...inputs, "cups", "maximum"],
    5,
    "request of POST /coffees/{id}: /cups has a narrower maximum",
  ],
  [
    "a higher minimum of a request",
    [...inputs, "cups", "minimum"],
    2,
    "request of POST /coffees/{id}: /cups has a narrower minimum",
  ],
  [
    "a new pattern of a request",
    [...inputs, "size", "pattern"],
    "^[a-z]+$",
    "request of POST /coffees/{id}: /size has a narrower pattern",
  ],
  [
    "a member that is newly required behind a reference",
    ["components", "schemas", "Address", "required"],
    ["city"],
    "request of POST /coffees/{id}: /to/city is required",
  ],
];

const additions: [string, Path, unknown][] = [
  ["another description", [...members, "name", "description"], "On the menu."],
  ["a path", [...paths, "/teas"], { get: order }],
  ["a method", [...paths, "/coffees/{id}", "patch"], order],
  [
    "a parameter",
    [...post, "parameters", "2"],
    { in: "query", name: "to", schema: { type: "string" } } satisfies ApiParameter,
  ],
  ["a status", [...post, "responses", "409"], { description: "", content: {} }],
  ["a member of an answer", [...members, "price"], { type: "integer" }],
  ["a value of an answer", [...members, "roast", "enum"], ["light", "medium", "dark"]],
  ["an answer that is never null again", [...members, "note", "type"], "string"],
  ["a member of an answer that is always there", [...answer, "required"], ["name", "roast", "note"]],
  [
    "another kind of object",
    [...members, "beans", "items"],
    { anyOf: [beans, { type: "object", properties: { blend: { type: "string" } } }] },
  ],
  ["a member of a request", [...inputs, "milk"], { type: "boolean" }],
  ["a value of a request", [...inputs, "size", "enum"], ["small", "large", "huge"]],
  ["a higher limit of a request", [...inputs, "cups", "maximum"], 20],
  ["a request that may have less", [...request, "required"], []],
  ["a request that may be null", [...inputs, "size"], { type: ["string", "null"] }],
  [
    "a schema behind a reference that stood in its place",
    [...ok, "content", "application/json", "schema"],
    coffee,
  ],
];

describe("comparing two documents of the API", () => {
  test.each(breaks)("finds %s", (_, path, value, expected) => {
    expect(listBreaks(released, withValue(path, value))).toContain(expected);
  });

  test.each(additions)("lets %s pass", (_, path, value) => {
    expect(listBreaks(released, withValue(path, value))).toEqual([]);
  });

  test("finds no break in the same document, and names one for every call that it breaks", () => {
    expect(listBreaks(released, released)).toEqual([]);
    expect(listBreaks(released, withValue([...members, "note"], undefined))).toEqual([
      "answer 200 of POST /coffees/{id}: /note is gone",
      "answer 200 of GET /coffees/{id}: /note is gone",
    ]);
  });
});
