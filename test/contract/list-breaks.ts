// Compares two versions of the API's document: what in the newer one breaks a program that was written for the older.
import type { ApiContent, ApiDocument, ApiOperation, ApiParameter, JsonSchema } from "../../lib/api/open-api";
import { getSchemaName, listAlternatives } from "../../lib/api/open-api";

type Documents = { before: ApiDocument; after: ApiDocument };
/** `request`: what clients send. `answer`: what they read. */
type Direction = "request" | "answer";
type Place = Documents & { direction: Direction; where: string };

/** One sentence for each break; none for additions. */
export function listBreaks(before: ApiDocument, after: ApiDocument): string[] {
  const found = Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const call = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method as "get"];
      return now ? compareOperations({ before, after }, call, operation, now) : [`${call} is gone`];
    }),
  );
  return [...new Set(found)];
}

function compareOperations(
  documents: Documents,
  call: string,
  old: ApiOperation,
  now: ApiOperation,
): string[] {
  const place: Place = { ...documents, direction: "request", where: `request of ${call}` };
  return [
    ...(old.operationId === now.operationId ? [] : [`${call} has another operationId: ${now.operationId}`]),
    ...compareParameters(place, old.parameters ?? [], now.parameters ?? []),
    ...(now.requestBody?.required && !old.requestBody?.required ? [`${place.where} needs a body`] : []),
    ...compareContents(place, old.requestBody?.content ?? {}, now.requestBody?.content ?? {}),
    ...Object.entries(old.responses).flatMap(([status, response]) => {
      const where = `answer ${status} of ${call}`;
      const content = now.responses[status]?.content;
      if (!content) return [`${where} is gone`];
      return compareContents({ ...documents, direction: "answer", where }, response.content, content);
    }),
  ];
}

function compareParameters(
  place: Place,
  old: readonly ApiParameter[],
  now: readonly ApiParameter[],
): string[] {
  const toName = (one: ApiParameter) => `${one.in} ${one.name}`;
  const found = (all: readonly ApiParameter[], one: ApiParameter) =>
    all.find((other) => toName(other) === toName(one));
  return [
    ...old.flatMap((one) => {
      const where = `${place.where}: ${toName(one)}`;
      const other = found(now, one);
      return other ? compareSchemas({ ...place, where }, one.schema, other.schema) : [`${where} is gone`];
    }),
    ...now
      .filter((one) => one.required && !found(old, one)?.required)
      .map((one) => `${place.where}: ${toName(one)} is required`),
  ];
}

const compareContents = (place: Place, old: ApiContent, now: ApiContent): string[] =>
  Object.entries(old).flatMap(([type, { schema }]) => {
    const content = now[type];
    return content
      ? compareSchemas({ ...place, where: `${place.where}: ` }, schema, content.schema)
      : [`${place.where} has no ${type}`];
  });

function compareSchemas(place: Place, old: JsonSchema, now: JsonSchema): string[] {
  const variants = toVariants(place.after, now);
  const earlier = toVariants(place.before, old);
  return [
    ...[...earlier].flatMap(([type, schema]) => {
      // A client that copes with null copes without it.
      if (type === "null" && place.direction === "answer") return [];
      const variant = variants.get(type) ?? variants.get("any");
      return variant ? compareVariants(place, schema, variant) : [`${place.where} is no ${type}`];
    }),
    // Clients may send more than before, but they cannot read a type that they do not know. Another kind of object is an addition.
    ...[...variants.keys()]
      .filter((type) => place.direction === "answer" && !type.includes(" "))
      .filter((type) => !earlier.has(type) && !earlier.has("any"))
      .map((type) => `${place.where} may be ${type}`),
  ];
}

/** By type: `string` and `null`; a second one of the same type is `object 2`. */
function toVariants(document: ApiDocument, schema: JsonSchema): Map<string, JsonSchema> {
  const found = new Map<string, JsonSchema>();
  for (const one of listVariants(document, schema))
    for (const type of [one.type ?? "any"].flat()) {
      const same = [...found.keys()].filter((name) => name.split(" ")[0] === type).length;
      found.set(same === 0 ? type : `${type} ${same + 1}`, one);
    }
  return found;
}

function listVariants(document: ApiDocument, schema: JsonSchema): JsonSchema[] {
  const alternatives = listAlternatives(schema);
  if (alternatives) return alternatives.flatMap((one) => listVariants(document, one));
  if (schema.$ref === undefined) return [schema];
  const target = document.components.schemas[getSchemaName(schema.$ref)];
  if (!target) throw new Error(`The document has no ${schema.$ref}.`);
  return listVariants(document, target);
}

function compareVariants(place: Place, old: JsonSchema, now: JsonSchema): string[] {
  return [
    ...compareValues(place, old, now),
    ...(place.direction === "request" ? compareLimits(place, old, now) : []),
    ...compareMembers(place, old, now),
    ...compareInner(place, "*", toInner(old.additionalProperties), toInner(now.additionalProperties)),
    ...compareInner(place, "*", old.items, now.items),
  ];
}

const toInner = (schema: JsonSchema | boolean | undefined): JsonSchema | undefined =>
  typeof schema === "object" ? schema : undefined;

const compareInner = (place: Place, name: string, old?: JsonSchema, now?: JsonSchema): string[] =>
  old && now ? compareSchemas({ ...place, where: `${place.where}/${name}` }, old, now) : [];

const listValues = ({ enum: values, const: only }: JsonSchema): unknown[] | undefined =>
  values ?? (only === undefined ? undefined : [only]);

function compareValues({ where, direction }: Place, old: JsonSchema, now: JsonSchema): string[] {
  const values = listValues(now);
  const earlier = listValues(old);
  if (!values) return [];
  if (!earlier) return direction === "request" ? [`${where} takes only ${JSON.stringify(values)}`] : [];
  return earlier
    .filter((value) => !values.includes(value))
    .map((value) => `${where} no longer knows ${JSON.stringify(value)}`);
}

const upperLimits = ["maxLength", "maximum", "maxItems"] as const;
const lowerLimits = ["minLength", "minimum", "exclusiveMinimum", "minItems"] as const;

/** A request that was taken must not be refused by a narrower limit. */
function compareLimits({ where }: Place, old: JsonSchema, now: JsonSchema): string[] {
  const narrower = [
    ...upperLimits.filter((limit) => (now[limit] ?? Infinity) < (old[limit] ?? Infinity)),
    ...lowerLimits.filter((limit) => (now[limit] ?? -Infinity) > (old[limit] ?? -Infinity)),
    ...(["pattern", "format"] as const).filter(
      (limit) => now[limit] !== undefined && now[limit] !== old[limit],
    ),
  ];
  return narrower.map((limit) => `${where} has a narrower ${limit}`);
}

function compareMembers(place: Place, old: JsonSchema, now: JsonSchema): string[] {
  const required = new Set(now.required);
  const earlier = new Set(old.required);
  const at = (name: string) => `${place.where}/${name}`;
  const gone = Object.keys(old.properties ?? {}).filter((name) => !now.properties?.[name]);
  const changed = Object.entries(old.properties ?? {}).flatMap(([name, schema]) =>
    compareInner(place, name, schema, now.properties?.[name]),
  );
  const isRequest = place.direction === "request";
  const [needed, missing] = [
    [...required].filter((name) => isRequest && !earlier.has(name)),
    [...earlier].filter((name) => !isRequest && !required.has(name) && !gone.includes(name)),
  ];
  return [
    ...gone.map((name) => `${at(name)} is gone`),
    ...changed,
    ...needed.map((name) => `${at(name)} is required`),
    ...missing.map((name) => `${at(name)} may be absent`),
  ];
}
