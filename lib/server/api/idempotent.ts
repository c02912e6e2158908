import "server-only";
import { createHash } from "node:crypto";
import { abandonRun, beginRun, endRun } from "@/db/queries/idempotency";
import type { AnswerToKeep } from "@/db/queries/idempotency";
import { toProblem } from "@/lib/api/problem";
import type { Deps } from "../../operations/deps";
import { getHttpStatus, isTemporary, serializeAnswer } from "./answer";
import type { ApiAnswer } from "./answer";

/** Longer than any call, with the time-out of DOKU within it. A run that was cut off is taken over afterwards. */
const runMs = 60_000;

export type IdempotentCall = {
  apiKeyId: string;
  key: string;
  method: string;
  path: string;
  bytes: Uint8Array;
};

/** How a call is done. */
export type CallSteps = {
  run: () => Promise<ApiAnswer>;
  /** Where one statement can do the call and keep its answer. It answers undefined, and has done nothing, where that was not possible. */
  runWithAnswer?: (toKeep: ToKeep) => Promise<ApiAnswer | undefined> | undefined;
};

/** What is kept of an answer, for the repetitions of its request. */
export type ToKeep = (answer: ApiAnswer) => AnswerToKeep;

/** Runs a call once for its `Idempotency-Key`. Its repetitions get the first answer, after a crash of this process too. */
export async function runOnce(
  deps: Pick<Deps, "db" | "now" | "newId">,
  { apiKeyId, key, method, path, bytes }: IdempotentCall,
  { run, runWithAnswer }: CallSteps,
): Promise<ApiAnswer> {
  const requestHash = createHash("sha256").update(`${method} ${path}\n`).update(bytes).digest("hex");
  const request = { apiKeyId, key, requestHash };
  const runId = deps.newId();
  const now = deps.now();
  const first = await runWithAnswer?.((answer) => ({
    ...{ ...request, runId, at: now },
    ...{ httpStatus: getHttpStatus(answer), body: serializeAnswer(answer) },
  }));
  if (first) return first;
  const begun = await beginRun(deps.db, request, { runId, now, until: new Date(now.getTime() + runMs) });
  switch (begun.outcome) {
    case "answered":
      return { kind: "replayed", httpStatus: begun.httpStatus, body: begun.body };
    case "running":
      return { kind: "problem", ...toProblem("request_in_progress", {}, { "retry-after": "2" }) };
    case "other_request":
      return { kind: "problem", ...toProblem("idempotency_key_reused") };
    case "begun":
      return keepAnswer(deps, { request, runId }, run);
  }
}

type BegunRun = { request: Parameters<typeof beginRun>[1]; runId: string };

async function keepAnswer(
  { db }: Pick<Deps, "db">,
  { request, runId }: BegunRun,
  run: () => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  let answer: ApiAnswer;
  try {
    answer = await run();
  } catch (error) {
    // What was saved is found again by the next run.
    await abandonRun(db, request, runId).catch(() => undefined);
    throw error;
  }
  if (isTemporary(answer)) await abandonRun(db, request, runId);
  else await endRun(db, request, { runId, httpStatus: getHttpStatus(answer), body: serializeAnswer(answer) });
  return answer;
}
