import { getSchemaName } from "@/lib/api/open-api";
import type { ApiDocument, ApiOperation } from "@/lib/api/open-api";
import { toChoices, toMember, toMembers, toTypeWords } from "./_components/schema-view";
import type { MemberView, TypeWords } from "./_components/schema-view";

export type CallView = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  /** In the address, the query and the headers. */
  parameters: { title: string; members: MemberView[] }[];
  body: MemberView[];
  answer: { statuses: string; type: TypeWords };
  /** Those that not every call has, by status. */
  problems: { status: string; codes: string[] }[];
  request: string;
  example: string;
};

export type SchemaView = {
  name: string;
  description: string | undefined;
  members: MemberView[];
  /** What it is one of, where it has no members of its own. */
  choices: TypeWords[];
};

export type ReferenceView = {
  server: string;
  groups: { title: string; calls: CallView[] }[];
  schemas: SchemaView[];
  /** The problems that every call may have. */
  sharedProblems: string[];
};

/** The document as its page shows it. */
export function toReferenceView(document: ApiDocument): ReferenceView {
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sharedProblems = listSharedProblems(listed.map(({ operation }) => operation));
  const titles = [...new Set(listed.flatMap(({ operation }) => operation.tags))];
  return {
    server: document.servers[0]?.url ?? "",
    groups: titles.map((title) => ({
      title,
      calls: listed
        .filter(({ operation }) => operation.tags.includes(title))
        .map(({ path, method, operation }) => toCall(document, { path, method, operation, sharedProblems })),
    })),
    schemas: listSchemas(
      document,
      listed.map(({ operation }) => operation),
    ),
    sharedProblems,
  };
}

type Listed = { path: string; method: string; operation: ApiOperation; sharedProblems: string[] };

function toCall(document: ApiDocument, { path, method, operation, sharedProblems }: Listed): CallView {
  const body = operation.requestBody?.content["application/json"];
  const [ok] = listSuccesses(operation);
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary.replaceAll("`", ""),
    description: operation.description,
    parameters: toParameters(document, operation),
    body: body ? toMembers(document, body.schema) : [],
    answer: {
      statuses: listSuccesses(operation)
        .map(([status]) => status)
        .join(" or "),
      type: toTypeWords(ok?.[1].content["application/json"]?.schema ?? {}),
    },
    problems: toProblems(operation, sharedProblems),
    request: toCurl(method, path, body?.example),
    example: JSON.stringify(ok?.[1].content["application/json"]?.example ?? {}, null, 2),
  };
}

const listSuccesses = ({ responses }: ApiOperation) =>
  Object.entries(responses).filter(([status]) => status.startsWith("2"));

const listCodes = ({ responses }: ApiOperation): string[] =>
  Object.values(responses).flatMap((response) => response["x-problem-codes"] ?? []);

const listSharedProblems = (operations: readonly ApiOperation[]): string[] => {
  const [first = [], ...others] = operations.map(listCodes);
  return first.filter((code) => others.every((codes) => codes.includes(code)));
};

function toProblems({ responses }: ApiOperation, shared: readonly string[]): CallView["problems"] {
  return Object.entries(responses)
    .map(([status, response]) => ({
      status,
      codes: (response["x-problem-codes"] ?? []).filter((code) => !shared.includes(code)),
    }))
    .filter(({ codes }) => codes.length > 0);
}

const places = { path: "In the address", query: "In the query", header: "Headers" } as const;

function toParameters(document: ApiDocument, { parameters = [] }: ApiOperation): CallView["parameters"] {
  return Object.entries(places)
    .map(([place, title]) => ({
      title,
      members: parameters
        .filter((one) => one.in === place)
        .map(({ name, schema, required }) =>
          toMember(document, name, schema, required ? "required" : undefined),
        ),
    }))
    .filter(({ members }) => members.length > 0);
}

/** Every schema with a name, but those of bodies, which stand with their calls. */
function listSchemas(document: ApiDocument, operations: readonly ApiOperation[]): SchemaView[] {
  const bodies = new Set(
    operations.map(({ requestBody }) => {
      const reference = requestBody?.content["application/json"]?.schema.$ref;
      return reference && getSchemaName(reference);
    }),
  );
  return Object.entries(document.components.schemas)
    .filter(([name]) => !bodies.has(name))
    .map(([name, schema]) => ({
      name,
      description: schema.description,
      members: toMembers(document, schema),
      choices: toChoices(schema),
    }));
}

/** A command line that can be pasted into a shell with SHOP, KEY and ID. */
function toCurl(method: string, path: string, body: unknown): string {
  const address = `"$SHOP/api/v1${path.replaceAll(/\{\w+\}/g, "$ID")}"`;
  const isEmpty = body === undefined || JSON.stringify(body) === "{}";
  const usual = isEmpty ? "get" : "post";
  return [
    `curl ${method === usual ? "" : `-X ${method.toUpperCase()} `}${address}`,
    '-H "Authorization: Bearer $KEY"',
    ...(isEmpty ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body, null, 2)}'`]),
  ].join(" \\\n  ");
}
