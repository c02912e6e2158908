import { getSchemaName, listAlternatives } from "@/lib/api/open-api";
import type { ApiDocument, JsonSchema } from "@/lib/api/open-api";

/** A type in words; `schema` is what has a section of its own on the page. */
export type TypeWords = { words: string; schema?: string };

export type MemberView = {
  name: string;
  type: TypeWords;
  presence: "required" | "may be absent" | undefined;
  description: string | undefined;
  limits: string[];
  /** Of an object that is described in place. */
  members: MemberView[];
};

/**
 * The members of an object of the document, in their order. What clients send has no members but these; there, a
 * required one is worth a word. What they read stays open for more, and there one that may be absent is.
 */
export function toMembers(document: ApiDocument, schema: JsonSchema): MemberView[] {
  const { properties = {}, required = [], additionalProperties } = toTarget(document, schema);
  const isSent = additionalProperties === false;
  return Object.entries(properties).map(([name, member]) => {
    const [present, absent] = isSent
      ? (["required", undefined] as const)
      : ([undefined, "may be absent"] as const);
    return toMember(document, name, member, required.includes(name) ? present : absent);
  });
}

export function toMember(
  document: ApiDocument,
  name: string,
  schema: JsonSchema,
  presence: MemberView["presence"],
): MemberView {
  const value = toNotNull(schema);
  const entry = toNotNull(value.items ?? value);
  return {
    name,
    type: toTypeWords(schema),
    presence,
    description: schema.description ?? value.description,
    limits: [...toLimits(value), ...(entry === value ? [] : toLimits(entry))],
    members: entry.properties ? toMembers(document, entry) : [],
  };
}

function toTarget({ components }: ApiDocument, schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : (components.schemas[getSchemaName(schema.$ref)] ?? {});
}

const isNull = ({ type }: JsonSchema): boolean => type === "null";

/** What the value is when it is not null. One of several objects stays as it is. */
function toNotNull(schema: JsonSchema): JsonSchema {
  const [only, ...others] = (listAlternatives(schema) ?? []).filter((one) => !isNull(one));
  return only && others.length === 0 ? only : schema;
}

const isNullable = (schema: JsonSchema): boolean =>
  [schema.type ?? []].flat().includes("null") || (listAlternatives(schema) ?? []).some(isNull);

/** The schemas that a value may have, of which each has a section of its own; empty where there is no choice. */
export const toChoices = (schema: JsonSchema): TypeWords[] =>
  (listAlternatives(toNotNull(schema)) ?? []).filter((one) => !isNull(one)).map(toTypeWords);

export function toTypeWords(schema: JsonSchema): TypeWords {
  const shown = toNotNull(schema);
  const { words, ...link } = toPlainWords(shown);
  return { words: isNullable(schema) ? `${words} or null` : words, ...link };
}

function toPlainWords(schema: JsonSchema): TypeWords {
  const { $ref, type, items, format, additionalProperties } = schema;
  const choices = toChoices(schema);
  if (choices.length > 0) return { words: choices.map(({ words }) => words).join(" or ") };
  if ($ref !== undefined) return { words: getSchemaName($ref), schema: getSchemaName($ref) };
  const name = [type ?? "any"].flat().find((one) => one !== "null") ?? "null";
  if (name === "array" && items) {
    const { words, ...link } = toTypeWords(items);
    return { words: `list of ${words}`, ...link };
  }
  if (name === "object" && typeof additionalProperties === "object") return { words: "map of strings" };
  const formats: Partial<Record<string, string>> = { "date-time": "time", uri: "address", email: "e-mail" };
  return { words: (format !== undefined && formats[format]) || name };
}

/** `up to 64 characters`, `one of open, paid`. A bound of the number type itself says nothing. */
function toLimits(schema: JsonSchema): string[] {
  const { enum: values, const: only, default: usual, minLength, maxLength, minItems, maxItems } = schema;
  const minimum = schema.minimum ?? (schema.exclusiveMinimum === 0 ? 1 : undefined);
  const texts = [
    values && `one of ${values.map((value) => `\`${String(value)}\``).join(", ")}`,
    only !== undefined && `always \`${JSON.stringify(only)}\``,
    toRange(minLength, maxLength, " characters"),
    toRange(minItems, maxItems, " entries"),
    toRange(toMeant(minimum), toMeant(schema.maximum)),
    usual !== undefined && `\`${JSON.stringify(usual)}\` if absent`,
  ];
  return texts.filter((text) => typeof text === "string");
}

const toMeant = (bound: number | undefined): number | undefined =>
  bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;

function toRange(least: number | undefined, most: number | undefined, unit = ""): string | undefined {
  const format = (bound: number) => bound.toLocaleString("en");
  if (most === undefined) return least === undefined ? undefined : `at least ${format(least)}${unit}`;
  return least === undefined ? `up to ${format(most)}${unit}` : `${format(least)} to ${format(most)}${unit}`;
}
