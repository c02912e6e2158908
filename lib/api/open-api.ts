/** The parts of OpenAPI 3.1 that the API's document is made of. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
};

/** What a value may be, where it may be one of several things. */
export const listAlternatives = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] | undefined => anyOf ?? oneOf;

export type ApiContent = Record<string, { schema: JsonSchema; example?: unknown }>;

export type ApiParameter = {
  in: "path" | "query" | "header";
  name: string;
  required?: boolean;
  description?: string;
  schema: JsonSchema;
};

export type ApiResponse = {
  description: string;
  content: ApiContent;
  /** The codes of problems that this status may come with. */
  "x-problem-codes"?: string[];
};

export type ApiOperation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: ApiParameter[];
  requestBody?: { required?: boolean; content: ApiContent };
  responses: Record<string, ApiResponse>;
};

export type ApiMethod = "get" | "post" | "patch" | "put" | "delete";

export type ApiDocument = {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Partial<Record<ApiMethod, ApiOperation>>>;
  components: { schemas: Record<string, JsonSchema> };
};

/** `Payment` of `#/components/schemas/Payment`. */
export const getSchemaName = (reference: string): string => reference.slice(reference.lastIndexOf("/") + 1);
