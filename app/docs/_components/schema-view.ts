import { getSchemaName } from "@/lib/api/open-api";
import type { ApiDocument, JsonSchema } from "@/lib/api/open-api";

/** A type in words; `schema` is what has a section of its own on the page. */
export type TypeWords = { words: string; schema?: string };

export type MemberView = {
  name: string;
  type: TypeWords;
  isRequired: boolean;
  description: string | undefined;
  limits: string[];
  /** Of an object that is described in place. */
  members: MemberView[];
};

/** The members of an object of the document, in their order. */
export function toMembers(document: ApiDocument, schema: JsonSchema): MemberView[] {
  const { properties = {}, required = [] } = toTarget(document, schema);
  return Object.entries(properties).map(([name, member]) => toMember(document, name, member, required));
}

export function toMember(
  document: ApiDocument,
  name: string,
  schema: JsonSchema,
  required: readonly string[],
): MemberView {
  const inner = toNotNull(toNotNull(schema).items ?? schema);
  return {
    name,
    type: toTypeWords(schema),
    isRequired: required.includes(name),
    description: schema.description ?? toNotNull(schema).description,
    limits: [...toLimits(toNotNull(schema)), ...(inner === toNotNull(schema) ? [] : toLimits(inner))],
    members: inner.properties ? toMembers(document, inner) : [],
  };
}

function toTarget({ components }: ApiDocument, schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : (components.schemas[getSchemaName(schema.$ref)] ?? {});
}

/** What the value is when it is not null. */
const toNotNull = (schema: JsonSchema): JsonSchema =>
  schema.anyOf?.find(({ type }) => type !== "null") ?? schema;

const isNullable = ({ type, anyOf }: JsonSchema): boolean =>
  [type ?? []].flat().includes("null") || (anyOf ?? []).some((one) => one.type === "null");

export function toTypeWords(schema: JsonSchema): TypeWords {
  const shown = toNotNull(schema);
  const { words, ...link } = toPlainWords(shown);
  return { words: isNullable(schema) ? `${words} or null` : words, ...link };
}

function toPlainWords({ $ref, type, items, format, additionalProperties }: JsonSchema): TypeWords {
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
