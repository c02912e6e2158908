import "server-only";
import { getProblemStatus, toProblem, toProblemResource } from "@/lib/api/problem";
import type { Problem } from "@/lib/api/problem";
import { getSettings } from "../env/settings";
import { currentRequestId } from "../request-id";

export type ApiAnswer =
  | { kind: "resource"; httpStatus: 200 | 201; body: unknown }
  | ({ kind: "problem" } & Problem)
  /** The first answer to the same request, as it was kept. */
  | { kind: "replayed"; httpStatus: number; body: string };

export const toResource = (body: unknown, httpStatus: 200 | 201 = 200): ApiAnswer => ({
  kind: "resource",
  httpStatus,
  body,
});

export const toProblemAnswer = (problem: Problem): ApiAnswer => ({ kind: "problem", ...problem });

export const notFound = toProblemAnswer(toProblem("not_found"));

/** A list cannot go on after something that it does not have. */
export const unknownCursor = toProblemAnswer(
  toProblem("invalid_request", {
    errors: [{ pointer: "?starting_after", detail: "is the id of no such thing" }],
  }),
);

/** @param hasMore a query that asks for one more than a page holds knows it */
export const toList = (data: readonly unknown[], hasMore = false): ApiAnswer =>
  toResource({ object: "list", data, has_more: hasMore });

export const getHttpStatus = (answer: ApiAnswer): number =>
  answer.kind === "problem" ? getProblemStatus(answer.problem) : answer.httpStatus;

/** The same request may succeed later without a change, so that this answer is not kept for its repetitions. */
export const isTemporary = (answer: ApiAnswer): boolean =>
  answer.kind === "problem" && (getProblemStatus(answer.problem) >= 500 || answer.problem === "rate_limited");

const shared = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const docsPath = "/docs/problems";

/** The body as it is sent, and as it is kept for repetitions. */
export function serializeAnswer(answer: ApiAnswer): string {
  if (answer.kind === "replayed") return answer.body;
  if (answer.kind === "resource") return JSON.stringify(answer.body);
  const docsUrl = `${getSettings().appUrl}${docsPath}`;
  return JSON.stringify(toProblemResource(answer, { docsUrl, requestId: currentRequestId() }));
}

export function toApiResponse(answer: ApiAnswer): Response {
  const status = getHttpStatus(answer);
  return new Response(serializeAnswer(answer), {
    status,
    headers: {
      ...shared,
      "content-type": status >= 400 ? "application/problem+json" : "application/json",
      ...(answer.kind === "problem" && answer.headers),
      ...(answer.kind === "replayed" && { "idempotent-replayed": "true" }),
    },
  });
}
