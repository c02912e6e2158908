import type { StoredRequest } from "../core/state";
import { currentTime, type Sandbox } from "../core/sandbox";
import type { Answer, ReceivedCall } from "../wire/call";
import { computeDigest } from "../wire/signature";
import { otherRequestData } from "./refusal";

function findStoredRequest(sandbox: Sandbox, requestId: string): StoredRequest | undefined {
  const kept = sandbox.state.requests.get(requestId);
  const keptSeconds = sandbox.state.switches.request_ids_kept_seconds;
  const age = kept ? currentTime(sandbox).getTime() - Date.parse(kept.at) : 0;
  return keptSeconds > 0 && age > keptSeconds * 1000 ? undefined : kept;
}

/** What an earlier call under this Request-Id decides: its first answer again, a refusal, or nothing (protocol 3). */
export function findEarlierAnswer(sandbox: Sandbox, call: ReceivedCall): Answer | undefined {
  const kept = findStoredRequest(sandbox, call.headers["request-id"] ?? "");
  if (!kept) return undefined;
  const { replay_status, replay_4xx, replay_needs_same_timestamp } = sandbox.state.switches;
  const sameTimestamp = kept.timestamp === call.headers["request-timestamp"];
  const same =
    kept.digest === computeDigest(call.body) && kept.path === call.path && kept.method === call.method;
  if (!same || (replay_needs_same_timestamp && !sameTimestamp)) return otherRequestData();
  if (kept.status >= 400 && !replay_4xx) return undefined;
  // 200 as the replay's status means "as at first", so a first refusal stays one.
  const status = replay_status === "409" ? 409 : kept.status;
  return { kind: "answer", status, body: kept.body, contentType: "application/json" };
}

/** A 5xx answer is not kept: the outcome it hides is settled by the next try. */
export function storeFirstAnswer(
  sandbox: Sandbox,
  call: ReceivedCall,
  invoice: string,
  answer: Answer,
): Answer {
  if (answer.status >= 500) return answer;
  const requestId = call.headers["request-id"] ?? "";
  sandbox.state.requests.set(requestId, {
    requestId,
    digest: computeDigest(call.body),
    timestamp: call.headers["request-timestamp"] ?? "",
    method: call.method,
    path: call.path,
    invoice,
    status: answer.status,
    body: answer.body.toString(),
    at: currentTime(sandbox).toISOString(),
  });
  sandbox.changed();
  return answer;
}

/** The success body an invoice was first answered with, for the switch `duplicate_invoice`. */
export function findFirstSuccess(sandbox: Sandbox, invoice: string): string | undefined {
  for (const kept of sandbox.state.requests.values()) {
    if (kept.invoice === invoice && kept.status === 200 && kept.method === "POST") return kept.body;
  }
  return undefined;
}
