import { parseJson } from "../core/json";
import type { Bill } from "../core/state";
import { currentTime, type Sandbox } from "../core/sandbox";
import { addMs, toWholeSecond } from "../core/wib-time";
import { type Answer, jsonAnswer } from "../wire/call";
import { findFirstSuccess } from "./idempotency";
import { invalidParameter, otherRequestData } from "./refusal";

const MINUTE_MS = 60_000;
/** The table gives no default for paylater; the stores' is taken. */
export const DEFAULT_EXPIRY_MINUTES = 60;

export type CreateCall = { requestId: string; body: unknown; expiresInSeconds: number | undefined };

const hasConfiguredPath = (sandbox: Sandbox, override: string): boolean =>
  new URL(override).pathname === new URL(sandbox.settings.notificationUrl).pathname;

/** An override must have the configured URL's path; the host may differ (protocol 8.6). */
const allowedOverride = (sandbox: Sandbox, override: string | undefined): string | null =>
  override !== undefined && hasConfiguredPath(sandbox, override) ? override : null;

function refuseOverride(sandbox: Sandbox, override: string | undefined): Answer | undefined {
  if (override === undefined || hasConfiguredPath(sandbox, override)) return undefined;
  if (sandbox.state.switches.bad_override === "fall_back") return undefined;
  return invalidParameter(
    "additional_info.override_notification_url must have the path of the Notification URL",
  );
}

/** An invoice number is unique per request (protocol 3); which answer a repeated one gets is not documented. */
function refuseKnownInvoice(sandbox: Sandbox, invoice: string): Answer | undefined {
  if (!sandbox.state.bills.has(invoice)) return undefined;
  const { duplicate_invoice } = sandbox.state.switches;
  if (duplicate_invoice === "refuse_409") return otherRequestData();
  const first = duplicate_invoice === "first_answer_200" ? findFirstSuccess(sandbox, invoice) : undefined;
  return first === undefined ? invalidParameter("INVOICE ALREADY USED") : jsonAnswer(200, parseJson(first));
}

function refuseAmount(sandbox: Sandbox, amount: number): Answer | undefined {
  const { minimum_amount, maximum_amount } = sandbox.state.switches;
  const tooSmall = amount < minimum_amount;
  const tooLarge = maximum_amount > 0 && amount > maximum_amount;
  return tooSmall || tooLarge ? invalidParameter("order.amount is out of range") : undefined;
}

/** The rules that every channel shares; undefined when all are kept. */
export function refuseCreate(
  sandbox: Sandbox,
  request: { invoice: string; amount: number; overrideUrl: string | undefined },
): Answer | undefined {
  return (
    refuseOverride(sandbox, request.overrideUrl) ??
    refuseAmount(sandbox, request.amount) ??
    refuseKnownInvoice(sandbox, request.invoice)
  );
}

/** Where a new bill's notifications go, and its dates in whole seconds. */
export function newBillFields(
  sandbox: Sandbox,
  call: CreateCall,
  request: { expiresInMinutes: number | undefined; overrideUrl: string | undefined },
): Pick<Bill, "overrideUrl" | "requestId" | "createdAt" | "expiresAt"> {
  const now = toWholeSecond(currentTime(sandbox));
  const minutes = request.expiresInMinutes ?? DEFAULT_EXPIRY_MINUTES;
  const lifeMs = call.expiresInSeconds === undefined ? minutes * MINUTE_MS : call.expiresInSeconds * 1000;
  return {
    overrideUrl: allowedOverride(sandbox, request.overrideUrl),
    requestId: call.requestId,
    createdAt: now.toISOString(),
    expiresAt: addMs(now, lifeMs).toISOString(),
  };
}
