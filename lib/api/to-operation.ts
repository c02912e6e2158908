import type { ZodOpenApiOperationObject } from "zod-openapi";
import { z } from "zod";
import { examples } from "./examples";
import type { Operation } from "./operation";
import { getProblemStatus, ProblemResource } from "./problem";
import type { ProblemCode } from "./problem";

const always: readonly ProblemCode[] = [
  "missing_key",
  "invalid_key",
  "wrong_environment",
  "missing_scope",
  "invalid_request",
  "rate_limited",
  "internal_error",
  "unavailable",
];
const forBodies: readonly ProblemCode[] = [
  "invalid_json",
  "too_large",
  "wrong_content_type",
  "invalid_idempotency_key",
  "idempotency_key_reused",
  "request_in_progress",
];

/** `Checkout sessions` of `/checkout_sessions/{id}`: what the calls are listed under. */
function toTag(path: string): string {
  const [, resource = ""] = path.split("/");
  const words = resource.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const idempotencyHeader = z.object({
  "idempotency-key": z.string().min(1).max(255).optional().meta({
    description:
      "The same key and body give the first answer again, with `Idempotent-Replayed: true`; kept for 24 hours.",
  }),
});

/** What the document says of a call. */
export function toOperation(path: string, operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, scope, body, query, answer, status = 200, problems = [] } = operation;
  const hasBody = body !== undefined;
  const example = examples[id];
  const ok = {
    description: "As asked",
    content: { "application/json": toContent(answer, example?.answer) },
  };
  return {
    operationId: id,
    tags: [toTag(path)],
    summary,
    description: `Scope: \`${scope}\`.`,
    requestParams: {
      ...(path.includes("{id}") && { path: z.object({ id: z.string() }) }),
      ...(query && { query }),
      ...(hasBody && { header: idempotencyHeader }),
    },
    ...(body && { requestBody: { content: { "application/json": toContent(body, example?.request) } } }),
    responses: {
      "200": ok,
      ...(status === 201 && { "201": ok }),
      ...toProblemResponses([...always, ...(hasBody ? forBodies : []), ...problems]),
    },
  };
}

const toContent = (schema: z.ZodType, example: unknown) => ({
  schema,
  ...(example !== undefined && { example }),
});

/** One response for each status, which names the codes that it may have. */
function toProblemResponses(codes: readonly ProblemCode[]) {
  const all = [...new Set(codes)];
  const statuses = [...new Set(all.map(getProblemStatus))];
  return Object.fromEntries(
    statuses.map((status) => {
      const own = all.filter((code) => getProblemStatus(code) === status);
      return [
        String(status),
        {
          description: own.map((code) => `\`${code}\``).join(", "),
          "x-problem-codes": own,
          content: { "application/problem+json": { schema: ProblemResource } },
        },
      ];
    }),
  );
}
