import type { FaultStage, Subject } from "../core/faults";
import { objectOf, parseJson } from "../core/json";
import { takeFault, type World } from "../core/world";
import { type Answer, jsonAnswer, type Outcome, pause, type Received } from "../wire/http";
import { internalError, otherRequestData, refusal, unavailable } from "./refusal";
import { sealAnswer, type Sealing } from "./signed-call";

const SLOW_MS = 3_000;

const htmlPage = (status: number): Answer => ({
  kind: "answer",
  status,
  body: `<html><head><title>${status} Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>`,
  contentType: "text/html",
});

/** Faults that strike before DOKU did anything. */
export function faultBefore(
  world: World,
  call: Received,
  subject: Subject,
  stage: FaultStage,
): Outcome | undefined {
  if (takeFault(world, "cut_before", subject, stage)) return { kind: "cut" };
  if (takeFault(world, "http_500", subject, stage)) return sealAnswer(world, call, internalError());
  if (takeFault(world, "http_503", subject, stage)) return sealAnswer(world, call, unavailable());
  if (takeFault(world, "http_429", subject, stage)) {
    return sealAnswer(world, call, refusal(429, "too_many_requests", "Too Many Requests"));
  }
  const redirect = takeFault(world, "redirect", subject, stage);
  if (redirect) {
    const location = redirect.location ?? "https://elsewhere.example.com/";
    return { ...htmlPage(302), headers: { Location: location } };
  }
  if (takeFault(world, "html_error", subject, stage)) return htmlPage(502);
  if (takeFault(world, "conflict_other_body", subject, stage))
    return sealAnswer(world, call, otherRequestData());
  return undefined;
}

/** DOKU says no, with the words of the fault. */
export function refuseByFault(world: World, subject: Subject, stage: FaultStage): Answer | undefined {
  const fault = takeFault(world, "refuse", subject, stage);
  if (!fault) return undefined;
  return refusal(fault.status ?? 400, fault.code ?? "invalid_parameter", fault.message ?? "Refused by DOKU");
}

function withOtherInvoice(answer: Answer): Answer {
  const body = objectOf(parseJson(answer.body.toString()));
  const order = { ...objectOf(body.order), invoice_number: "INV-OF-SOMEBODY-ELSE" };
  return jsonAnswer(answer.status, { ...body, order });
}

function withOddCode(answer: Answer): Answer {
  const body = objectOf(parseJson(answer.body.toString()));
  const info = { ...objectOf(body.online_to_offline_info), payment_code: "6059-ABC 0205" };
  return jsonAnswer(answer.status, { ...body, online_to_offline_info: info });
}

/** Faults that spoil the answer of something done: only the wire lies, what DOKU keeps is right. */
export async function faultAfter(
  world: World,
  call: Received,
  subject: Subject,
  stage: FaultStage,
  answer: Answer,
): Promise<Outcome> {
  const hit = (kind: Parameters<typeof takeFault>[1]) => takeFault(world, kind, subject, stage);
  const slow = hit("slow");
  if (slow) await pause(slow.ms ?? SLOW_MS);
  const timeout = hit("timeout_after_commit");
  if (timeout && timeout.ms === undefined) return { kind: "silence" };
  if (timeout) await pause(timeout.ms ?? 0);
  if (hit("lost_answer")) return { kind: "cut" };

  let spoilt = answer;
  if (hit("other_invoice")) spoilt = withOtherInvoice(spoilt);
  if (hit("non_numeric_code")) spoilt = withOddCode(spoilt);
  if (hit("malformed_json")) {
    const text = spoilt.body.toString();
    spoilt = { ...spoilt, body: text.slice(0, Math.ceil(text.length / 2)) };
  }
  let sealing: Sealing = "right";
  if (hit("bad_response_signature")) sealing = "wrong";
  if (hit("missing_response_signature")) sealing = "none";
  return sealAnswer(world, call, spoilt, sealing);
}
