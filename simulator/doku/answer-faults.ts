import type { FaultStage, FaultSubject } from "../core/faults";
import { asObject, parseJson } from "../core/json";
import { consumeFault, type Sandbox } from "../core/sandbox";
import { type Answer, jsonAnswer, type WireOutcome, pause, type ReceivedCall } from "../wire/call";
import { internalError, otherRequestData, refusal, unavailable } from "./refusal";
import { signAnswer, type SigningMode } from "./signed-call";

const SLOW_MS = 3_000;

const htmlPage = (status: number): Answer => ({
  kind: "answer",
  status,
  body: `<html><head><title>${status} Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>`,
  contentType: "text/html",
});

/** Faults before the request is handled. */
export function answerFaultBefore(
  sandbox: Sandbox,
  call: ReceivedCall,
  subject: FaultSubject,
  stage: FaultStage,
): WireOutcome | undefined {
  if (consumeFault(sandbox, "cut_before", subject, stage)) return { kind: "cut" };
  if (consumeFault(sandbox, "http_500", subject, stage)) return signAnswer(sandbox, call, internalError());
  if (consumeFault(sandbox, "http_503", subject, stage)) return signAnswer(sandbox, call, unavailable());
  if (consumeFault(sandbox, "http_429", subject, stage)) {
    return signAnswer(sandbox, call, refusal(429, "too_many_requests", "Too Many Requests"));
  }
  const redirect = consumeFault(sandbox, "redirect", subject, stage);
  if (redirect) {
    const location = redirect.location ?? "https://elsewhere.example.com/";
    return { ...htmlPage(302), headers: { Location: location } };
  }
  if (consumeFault(sandbox, "html_error", subject, stage)) return htmlPage(502);
  if (consumeFault(sandbox, "conflict_other_body", subject, stage))
    return signAnswer(sandbox, call, otherRequestData());
  return undefined;
}

/** A refusal with the status, code and message of the fault. */
export function refuseByFault(
  sandbox: Sandbox,
  subject: FaultSubject,
  stage: FaultStage,
): Answer | undefined {
  const fault = consumeFault(sandbox, "refuse", subject, stage);
  if (!fault) return undefined;
  return refusal(fault.status ?? 400, fault.code ?? "invalid_parameter", fault.message ?? "Refused by DOKU");
}

function withOtherInvoice(answer: Answer): Answer {
  const body = asObject(parseJson(answer.body.toString()));
  const order = { ...asObject(body.order), invoice_number: "INV-OF-ANOTHER-MERCHANT" };
  return jsonAnswer(answer.status, { ...body, order });
}

function withNonNumericCode(answer: Answer): Answer {
  const body = asObject(parseJson(answer.body.toString()));
  const info = { ...asObject(body.online_to_offline_info), payment_code: "6059-ABC 0205" };
  return jsonAnswer(answer.status, { ...body, online_to_offline_info: info });
}

/** Faults of the response; what the simulator has stored stays right. */
export async function answerFaultAfter(
  sandbox: Sandbox,
  call: ReceivedCall,
  subject: FaultSubject,
  stage: FaultStage,
  answer: Answer,
): Promise<WireOutcome> {
  const hit = (kind: Parameters<typeof consumeFault>[1]) => consumeFault(sandbox, kind, subject, stage);
  const slow = hit("slow");
  if (slow) await pause(slow.ms ?? SLOW_MS);
  const timeout = hit("timeout_after_commit");
  if (timeout && timeout.ms === undefined) return { kind: "silence" };
  if (timeout) await pause(timeout.ms ?? 0);
  if (hit("lost_answer")) return { kind: "cut" };

  let changed = answer;
  if (hit("other_invoice")) changed = withOtherInvoice(changed);
  if (hit("non_numeric_code")) changed = withNonNumericCode(changed);
  if (hit("malformed_json")) {
    const text = changed.body.toString();
    changed = { ...changed, body: text.slice(0, Math.ceil(text.length / 2)) };
  }
  let signing: SigningMode = "right";
  if (hit("bad_response_signature")) signing = "wrong";
  if (hit("missing_response_signature")) signing = "none";
  return signAnswer(sandbox, call, changed, signing);
}
