// Holds answers of the API against its OpenAPI document.
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ApiContent, ApiDocument, ApiOperation, JsonSchema } from "../../lib/api/open-api";

export type { ApiDocument };

export type ApiAnswer = {
  method: string;
  /** Below `/api/v1`, without its query: `/payments/pay_…`. */
  path: string;
  status: number;
  contentType: string | null;
  body: unknown;
};

export type ApiContract = {
  /** What is wrong with the answer; nothing where it is as the document says. */
  listFaults: (answer: ApiAnswer) => string[];
  /** The same for the body of a request or an answer and its schema. */
  listBodyFaults: (schema: JsonSchema, body: unknown) => string[];
};

const problemType = "application/problem+json";
const problemSchema: JsonSchema = { $ref: "#/components/schemas/Problem" };

export function createApiContract(document: ApiDocument): ApiContract {
  const ajv = new Ajv2020({ allowUnionTypes: true, validateFormats: false, allErrors: true });
  ajv.addVocabulary(["components", "example", "discriminator"]);
  const { schemas } = document.components;
  ajv.addSchema({ $id: "api", components: { schemas: mapValues(schemas, closeSchema) } });

  const listBodyFaults = (schema: JsonSchema, body: unknown): string[] => {
    const text = JSON.stringify(closeSchema(schema)).replaceAll('"#/components/', '"api#/components/');
    const validate = ajv.compile(JSON.parse(text));
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };

  const listFaults = (answer: ApiAnswer): string[] => {
    const operation = findOperation(document, answer);
    if (!operation) return listFaultsOfStray(answer, listBodyFaults);
    const response = operation.responses[String(answer.status)];
    if (!response) return [`${operation.operationId} has no answer ${answer.status}`];
    const content = findContent(response.content, answer.contentType);
    if (!content) return [`${operation.operationId} does not answer with ${answer.contentType}`];
    return [
      ...listBodyFaults(content.schema, answer.body),
      ...listCodeFaults(answer, response["x-problem-codes"]),
    ];
  };
  return { listFaults, listBodyFaults };
}

/** An address or a method that there is not may only get a problem. */
function listFaultsOfStray(answer: ApiAnswer, listBodyFaults: ApiContract["listBodyFaults"]): string[] {
  // Next answers a wrong method by itself, without a body.
  if (answer.status === 405) return [];
  return listBodyFaults(problemSchema, answer.body);
}

function listCodeFaults({ status, body, contentType }: ApiAnswer, codes: readonly string[] = []): string[] {
  if (contentType !== problemType) return [];
  const problem = body as { code?: string; status?: number };
  return [
    ...(problem.status === status ? [] : [`the problem has the status ${problem.status}, not ${status}`]),
    ...(codes.includes(problem.code ?? "") ? [] : [`${problem.code} is no problem of this call`]),
  ];
}

function findOperation({ paths }: ApiDocument, { method, path }: ApiAnswer): ApiOperation | undefined {
  const found = Object.entries(paths).find(([template]) => toPattern(template).test(path));
  return found?.[1][method.toLowerCase() as "get"];
}

const toPattern = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`);

const findContent = (content: ApiContent, type: string | null) =>
  content[(type ?? "").split(";", 1)[0]?.trim() ?? ""];

/** An unknown member is a fault here, though clients have to accept one. */
function closeSchema(schema: JsonSchema): JsonSchema {
  const { properties, items, anyOf, oneOf, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: mapValues(properties, closeSchema),
      additionalProperties: additionalProperties ?? false,
    }),
    ...(items && { items: closeSchema(items) }),
    ...(anyOf && { anyOf: anyOf.map(closeSchema) }),
    ...(oneOf && { oneOf: oneOf.map(closeSchema) }),
  };
}

const mapValues = <Value>(all: Record<string, Value>, map: (value: Value) => Value): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, map(value)]));
