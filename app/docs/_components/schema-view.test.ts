import { describe, expect, test } from "vitest";
import type { ApiDocument, JsonSchema } from "@/lib/api/open-api";
import { toMember, toMembers, toTypeWords } from "./schema-view";

const document = {
  components: {
    schemas: { Cup: { type: "object", properties: { size: { type: "string" } }, required: [] } },
  },
} as unknown as ApiDocument;
const cup: JsonSchema = { $ref: "#/components/schemas/Cup" };

describe("a type in words", () => {
  test.each<[JsonSchema, string]>([
    [{ type: "string" }, "string"],
    [{ type: "string", format: "date-time" }, "time"],
    [{ type: ["string", "null"] }, "string or null"],
    [{ anyOf: [{ type: "string", enum: ["id"] }, { type: "null" }] }, "string or null"],
    [{ type: "array", items: { type: "string" } }, "list of string"],
    [{ type: "object", additionalProperties: { type: "string" } }, "map of strings"],
    [{ type: "object", properties: {} }, "object"],
    [{}, "any"],
  ])("%j is %s", (schema, words) => expect(toTypeWords(schema)).toEqual({ words }));

  test("leads to a schema that has a section of its own", () => {
    expect(toTypeWords({ anyOf: [cup, { type: "null" }] })).toEqual({ words: "Cup or null", schema: "Cup" });
    expect(toTypeWords({ type: "array", items: cup })).toEqual({ words: "list of Cup", schema: "Cup" });
  });
});

describe("a member", () => {
  const toLimits = (schema: JsonSchema) => toMember(document, "x", schema, undefined).limits;

  test.each<[JsonSchema, string[]]>([
    [{ type: "string", maxLength: 64 }, ["up to 64 characters"]],
    [{ type: "string", minLength: 1, maxLength: 255 }, ["1 to 255 characters"]],
    [{ type: "integer", exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER }, ["at least 1"]],
    [{ type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, []],
    [{ type: "integer", minimum: 1, maximum: 100, default: 20 }, ["1 to 100", "`20` if absent"]],
    [{ type: "string", enum: ["id", "en"] }, ["one of `id`, `en`"]],
    [{ anyOf: [{ type: "string", enum: ["id"] }, { type: "null" }] }, ["one of `id`"]],
    [{ type: "boolean", const: true }, ["always `true`"]],
    [
      { type: "array", minItems: 1, maxItems: 20, items: { type: "string", maxLength: 9 } },
      ["1 to 20 entries", "up to 9 characters"],
    ],
  ])("%j has its limits in words", (schema, limits) => expect(toLimits(schema)).toEqual(limits));

  test("of a request says that it is required, of an answer that it may be absent", () => {
    const schema: JsonSchema = {
      type: "object",
      properties: { always: { type: "string" }, sometimes: { type: "string" } },
      required: ["always"],
    };
    const presences = (one: JsonSchema) => toMembers(document, one).map(({ presence }) => presence);
    expect(presences({ ...schema, additionalProperties: false })).toEqual(["required", undefined]);
    expect(presences(schema)).toEqual([undefined, "may be absent"]);
  });

  test("shows the members of an object without a name in its place", () => {
    const errors: JsonSchema = {
      type: "array",
      items: { type: "object", properties: { pointer: { type: "string" } }, required: ["pointer"] },
    };
    expect(toMember(document, "errors", errors, undefined).members).toMatchObject([{ name: "pointer" }]);
    expect(toMember(document, "cup", cup, undefined).members).toEqual([]);
    expect(toMembers(document, cup)).toMatchObject([{ name: "size" }]);
  });
});
