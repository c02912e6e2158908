import type { KeptRequest } from "../core/state";
import { nowOf, type World } from "../core/world";
import type { Answer, Received } from "../wire/http";
import { digestOf } from "../wire/signature";
import { otherRequestData } from "./refusal";

function findKept(world: World, requestId: string): KeptRequest | undefined {
  const kept = world.state.requests.get(requestId);
  const keptSeconds = world.state.switches.request_ids_kept_seconds;
  const age = kept ? nowOf(world).getTime() - Date.parse(kept.at) : 0;
  return keptSeconds > 0 && age > keptSeconds * 1000 ? undefined : kept;
}

/** What an earlier call under this Request-Id decides: its first answer again, a refusal, or nothing (protocol 3). */
export function answerOfEarlierCall(world: World, call: Received): Answer | undefined {
  const kept = findKept(world, call.headers["request-id"] ?? "");
  if (!kept) return undefined;
  const { replay_status, replay_4xx, replay_needs_same_timestamp } = world.state.switches;
  const sameTimestamp = kept.timestamp === call.headers["request-timestamp"];
  const same = kept.digest === digestOf(call.body) && kept.path === call.path && kept.method === call.method;
  if (!same || (replay_needs_same_timestamp && !sameTimestamp)) return otherRequestData();
  if (kept.status >= 400 && !replay_4xx) return undefined;
  // 200 as the replay's status means "as at first", so a first refusal stays one.
  const status = replay_status === "409" ? 409 : kept.status;
  return { kind: "answer", status, body: kept.body, contentType: "application/json" };
}

/** A 5xx answer is not kept: the outcome it hides is settled by the next try. */
export function keepFirstAnswer(world: World, call: Received, invoice: string, answer: Answer): Answer {
  if (answer.status >= 500) return answer;
  const requestId = call.headers["request-id"] ?? "";
  world.state.requests.set(requestId, {
    requestId,
    digest: digestOf(call.body),
    timestamp: call.headers["request-timestamp"] ?? "",
    method: call.method,
    path: call.path,
    invoice,
    status: answer.status,
    body: answer.body.toString(),
    at: nowOf(world).toISOString(),
  });
  world.changed();
  return answer;
}

/** The success body an invoice was first answered with, for the switch `duplicate_invoice`. */
export function firstSuccessOf(world: World, invoice: string): string | undefined {
  for (const kept of world.state.requests.values()) {
    if (kept.invoice === invoice && kept.status === 200 && kept.method === "POST") return kept.body;
  }
  return undefined;
}
