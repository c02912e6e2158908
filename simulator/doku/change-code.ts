import { createAnswerDates } from "../channels/answer-parts";
import type { CodeChange, CodeChannel } from "../channels/channel";
import type { PaymentCode } from "../core/state";
import { currentCodeState, currentTime, findCode, type Sandbox } from "../core/sandbox";
import { addMs, toWholeSecond } from "../core/wib-time";
import { type Answer, jsonAnswer } from "../wire/call";
import { DEFAULT_EXPIRY_MINUTES } from "./create-rules";
import { invalidParameter, notFound } from "./refusal";

const MINUTE_MS = 60_000;

function applyUpdate(sandbox: Sandbox, code: PaymentCode, change: CodeChange): void {
  const now = toWholeSecond(currentTime(sandbox));
  const from = sandbox.state.switches.patch_expiry_from === "patch" ? now : new Date(code.createdAt);
  const minutes = change.expiresInMinutes ?? DEFAULT_EXPIRY_MINUTES;
  code.expiresAt = addMs(from, minutes * MINUTE_MS).toISOString();
  code.amount = change.amount ?? code.amount;
  code.reusable = change.reusable ?? code.reusable;
  code.info = change.info ?? code.info;
  code.customerName = change.customerName;
  code.customerEmail = change.customerEmail ?? code.customerEmail;
  code.state = "ACTIVE";
}

/** Update and cancel of a code (protocol 4.4). */
export function changeCode(sandbox: Sandbox, channel: CodeChannel, body: unknown): Answer {
  const parsed = channel.parseChange?.(body);
  if (!parsed) return notFound();
  if (parsed.outcome === "invalid") return invalidParameter(parsed.message);
  const change = parsed.request;
  const { reusable_status_mandatory, patch_closed_refused } = sandbox.state.switches;
  if (reusable_status_mandatory && change.reusable === undefined) {
    return invalidParameter("online_to_offline_info.reusable_status is mandatory");
  }
  const code = findCode(sandbox, change.code);
  const otherInvoice = change.invoice !== undefined && change.invoice !== code?.invoice;
  if (!code || code.channel !== channel.id || otherInvoice) return notFound();
  if (patch_closed_refused && currentCodeState(sandbox, code) !== "ACTIVE") {
    return invalidParameter("online_to_offline_info.payment_code is not active");
  }
  // A paid code cannot be changed.
  if (code.state !== "PAID") {
    if (change.status === "ACTIVE") applyUpdate(sandbox, code, change);
    else code.state = "DELETED";
  }
  sandbox.changed();
  return jsonAnswer(200, {
    order: { invoice_number: code.invoice },
    online_to_offline_info: { payment_code: code.code, ...createAnswerDates(sandbox, code) },
  });
}
