import "server-only";
import { touchApiKey } from "@/db/queries/api-keys";
import { readAuthorization } from "@/lib/api/key";
import type { KeyMode } from "@/lib/api/key";
import { toProblem } from "@/lib/api/problem";
import type { Problem } from "@/lib/api/problem";
import { isScope } from "@/lib/api/scopes";
import type { Scope } from "@/lib/api/scopes";
import type { Actor } from "@/lib/payment/attribution";
import type { Deps } from "../../operations/deps";
import type { ApiCallLimit } from "../limits/api-call-limit";

export type ApiCaller = { keyId: string; actor: Actor; scopes: readonly Scope[] };

/** How accurate the last use of a key is: a busy key is not a busy row. */
const usedIntervalMs = 60_000;
const challenge = { "www-authenticate": "Bearer" };

/** The hash of the request's key. Looks at the header alone: no stranger makes the database work. */
export function readApiKey(request: Request, mode: KeyMode): { hash: string } | Problem {
  const read = readAuthorization(request.headers.get("authorization"));
  if (read.outcome === "missing")
    return toProblem("missing_key", { detail: "Send Authorization: Bearer kb_…" }, challenge);
  if (read.outcome === "malformed") return toProblem("invalid_key", {}, challenge);
  if (read.mode !== mode)
    return toProblem("wrong_environment", { detail: `Keys of this shop begin with kb_${mode}_.` }, challenge);
  return { hash: read.hash };
}

/** Who calls, with the call counted. A key that is unknown, revoked or over is not told apart. */
export async function findCaller(
  { db, now }: Pick<Deps, "db" | "now">,
  { hash, limit, callsPerMinute }: { hash: string; limit: ApiCallLimit; callsPerMinute: number },
): Promise<ApiCaller | Problem> {
  const at = now();
  const { key, wait } = await limit.take(hash, at);
  if (wait > 0) return toProblem("rate_limited", {}, toRateHeaders(callsPerMinute, wait));
  if (!key) return toProblem("invalid_key", {}, challenge);
  if (at.getTime() - (key.lastUsedAt?.getTime() ?? 0) > usedIntervalMs) await touchApiKey(db, key.id, at);
  return { keyId: key.id, actor: `api_key:${key.id}`, scopes: key.scopes.filter(isScope) };
}

const toRateHeaders = (limit: number, wait: number) => ({
  "retry-after": String(wait),
  "ratelimit-limit": String(limit),
  "ratelimit-remaining": "0",
  "ratelimit-reset": String(wait),
});
