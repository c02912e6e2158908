import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { isUnavailable } from "@/db/rows";
import { toFieldErrors, toProblem, toQueryPointer } from "@/lib/api/problem";
import type { Problem, ProblemCode } from "@/lib/api/problem";
import type { Scope } from "@/lib/api/scopes";
import type { Deps } from "../../operations/deps";
import { getRuntime } from "../deps";
import { getSettings } from "../env/settings";
import type { Settings } from "../env/settings";
import { failureLevel, log } from "../log";
import { readRequestBody } from "../request-body";
import { toApiResponse, toProblemAnswer } from "./answer";
import type { ApiAnswer } from "./answer";
import { findCaller, readApiKey } from "./authenticate";
import type { ApiCaller } from "./authenticate";
import { runOnce } from "./idempotent";
import type { ToKeep } from "./idempotent";

export type ApiCall<Input> = {
  deps: Deps;
  settings: Settings;
  caller: ApiCaller;
  /** The parts of the address, by name. */
  params: Record<string, string>;
  /** The parsed body, or the parsed query of a GET. */
  input: Input;
  /** The same for a repetition of the same request, so that what it made is found again. */
  requestKey: string;
  /** Whether it is real money. */
  livemode: boolean;
};

type ApiRoute<Input> = {
  scope: Scope;
  /** Of the body; of the query for a GET. */
  schema: z.ZodType<Input>;
  /** By default 256 KiB. */
  limitBytes?: number;
  /** Whether the body may be JSON lines too; the member that then holds them. */
  linesAs?: string;
  handle: (call: ApiCall<Input>) => Promise<ApiAnswer>;
  /** The same in one statement, with the answer that is kept (`CallSteps`). */
  handleWithAnswer?: (call: ApiCall<Input>, toKeep: ToKeep) => Promise<ApiAnswer | undefined>;
};

type Context = { params: Promise<Record<string, string>> };
type Handler = (request: Request, context: Context) => Promise<Response>;

/** A GET of the API: key, scope, limit and query are checked before `handle`. */
export const apiGet = <Input>(route: ApiRoute<Input>): Handler =>
  answerCall(route.scope, async (call, request) => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const parsed = route.schema.safeParse(query);
    if (!parsed.success)
      return toProblemAnswer(
        toProblem("invalid_request", { errors: toFieldErrors(parsed.error, toQueryPointer) }),
      );
    return route.handle({ ...call, input: parsed.data, requestKey: randomUUID() });
  });

/** A POST or PATCH of the API: the body is checked too, and an `Idempotency-Key` makes it happen once. */
export const apiPost = <Input>(route: ApiRoute<Input>): Handler =>
  answerCall(route.scope, async (call, request) => {
    const body = await readJson(request, route);
    if ("problem" in body) return toProblemAnswer(body);
    const parsed = route.schema.safeParse(body.json);
    if (!parsed.success)
      return toProblemAnswer(toProblem("invalid_request", { errors: toFieldErrors(parsed.error) }));
    const key = request.headers.get("idempotency-key");
    if (key !== null && !/^[\x20-\x7e]{1,255}$/.test(key))
      return toProblemAnswer(toProblem("invalid_idempotency_key"));
    const requestKey = `${call.caller.keyId}:${key ?? randomUUID()}`;
    const parsedCall = { ...call, input: parsed.data, requestKey };
    const run = () => route.handle(parsedCall);
    if (key === null) return run();
    const { pathname: path } = new URL(request.url);
    const { keyId: apiKeyId } = call.caller;
    return runOnce(
      call.deps,
      { apiKeyId, key, method: request.method, path, bytes: body.bytes },
      { run, runWithAnswer: (toKeep) => route.handleWithAnswer?.(parsedCall, toKeep) },
    );
  });

/** A DELETE of the API: it has no body, and a second one finds nothing. */
export const apiDelete = (route: Pick<ApiRoute<unknown>, "scope" | "handle">): Handler =>
  answerCall(route.scope, (call) => route.handle({ ...call, input: undefined, requestKey: randomUUID() }));

type CheckedCall = Omit<ApiCall<unknown>, "input" | "requestKey">;

const answerCall =
  (scope: Scope, answer: (call: CheckedCall, request: Request) => Promise<ApiAnswer>): Handler =>
  async (request, { params }) => {
    try {
      const checked = await checkCall(request, scope);
      if ("problem" in checked) return toApiResponse(toProblemAnswer(checked));
      return toApiResponse(await answer({ ...checked, params: await params }, request));
    } catch (error) {
      log(failureLevel(error), "api_failed", { error });
      const kind: ProblemCode = isUnavailable(error) ? "unavailable" : "internal_error";
      const later: Record<string, string> = isUnavailable(error) ? { "retry-after": "2" } : {};
      return toApiResponse(toProblemAnswer(toProblem(kind, {}, later)));
    }
  };

/** Who calls, whether the key may do this, and whether it calls too often. */
async function checkCall(request: Request, scope: Scope): Promise<Omit<CheckedCall, "params"> | Problem> {
  const settings = getSettings();
  const { livemode } = settings;
  const key = readApiKey(request, livemode ? "live" : "test");
  if ("problem" in key) return key;
  const { deps, limits } = await getRuntime();
  const callsPerMinute = settings.apiCallsPerMinute;
  const caller = await findCaller(deps, { hash: key.hash, limit: limits.apiCalls, callsPerMinute });
  if ("problem" in caller) return caller;
  if (!caller.scopes.includes(scope))
    return toProblem("missing_scope", { detail: `This needs a key with the scope ${scope}.` });
  return { deps, settings, caller, livemode };
}

type JsonBody = { json: unknown; bytes: Uint8Array };

type BodyRules = Pick<ApiRoute<never>, "limitBytes" | "linesAs">;

async function readJson(
  request: Request,
  { limitBytes = 256 * 1024, linesAs }: BodyRules,
): Promise<JsonBody | Problem> {
  const body = await readRequestBody(request, { limitBytes });
  if (body.outcome === "too_large")
    return toProblem("too_large", { detail: `At most ${limitBytes} bytes.` }, { connection: "close" });
  if (body.outcome === "unreadable") return toProblem("invalid_json", {}, { connection: "close" });
  const { bytes } = body;
  // Nothing at all is an empty object, for calls that take no member.
  if (bytes.byteLength === 0) return { json: {}, bytes };
  const type = request.headers.get("content-type") ?? "";
  const isLines = linesAs !== undefined && /^application\/(x-)?ndjson\s*(;|$)/i.test(type);
  if (!isLines && !/^application\/json\s*(;|$)/i.test(type)) return toProblem("wrong_content_type");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { json: isLines ? { [linesAs]: parseLines(text) } : JSON.parse(text), bytes };
  } catch {
    return toProblem("invalid_json");
  }
}

/** @throws a SyntaxError at the first line that is no JSON; empty lines are left out */
const parseLines = (text: string): unknown[] =>
  text.split("\n").flatMap((line): unknown[] => (line.trim() === "" ? [] : [JSON.parse(line)]));
