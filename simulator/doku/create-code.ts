import type { CodeChannel, CodeRequest } from "../channels/channel";
import type { PaymentCode } from "../core/state";
import { currentCodeState, findCode, newCode, newToken, type Sandbox } from "../core/sandbox";
import { type Answer, jsonAnswer } from "../wire/call";
import { type CreateCall, newBillFields, refuseCreate } from "./create-rules";
import { invalidParameter } from "./refusal";

/** A merchant's own code (MGPC): its BIN, and not active for another invoice (protocol 4.3). */
function refuseMerchantCode(sandbox: Sandbox, code: string | undefined): Answer | undefined {
  if (code === undefined) return invalidParameter("online_to_offline_info.payment_code is mandatory");
  if (!sandbox.settings.mgpcBins.some((bin) => code.startsWith(bin))) {
    return invalidParameter("online_to_offline_info.payment_code has an unknown BIN");
  }
  const holder = findCode(sandbox, code);
  const taken = holder !== undefined && currentCodeState(sandbox, holder) === "ACTIVE";
  return taken ? invalidParameter("online_to_offline_info.payment_code is already active") : undefined;
}

function refuseCode(sandbox: Sandbox, request: CodeRequest, needsMerchantCode: boolean): Answer | undefined {
  const { merchantCode } = request;
  if (sandbox.state.switches.reusable_status_mandatory && request.reusable === undefined) {
    return invalidParameter("online_to_offline_info.reusable_status is mandatory");
  }
  const refused = refuseCreate(sandbox, request);
  if (refused || (!needsMerchantCode && merchantCode === undefined)) return refused;
  return refuseMerchantCode(sandbox, merchantCode);
}

function newPaymentCode(
  sandbox: Sandbox,
  channel: CodeChannel,
  request: CodeRequest,
  call: CreateCall,
): PaymentCode {
  return {
    kind: "payment_code",
    channel: channel.id,
    feature: request.merchantCode === undefined ? "DGPC" : "MGPC",
    invoice: request.invoice,
    code: request.merchantCode ?? newCode(sandbox, channel.bin),
    amount: request.amount,
    state: "ACTIVE",
    reusable: request.reusable ?? false,
    customerName: request.customerName,
    customerEmail: request.customerEmail,
    info: request.info,
    description: request.description,
    footer: request.footer,
    additionalInfo: request.additionalInfo,
    ...newBillFields(sandbox, call, request),
    token: newToken(),
  };
}

/** A code by DOKU or by the merchant (protocol 4.2, 4.3, 5). */
export function createCode(
  sandbox: Sandbox,
  channel: CodeChannel,
  call: CreateCall & { needsMerchantCode: boolean },
): Answer {
  const parsed = channel.parseCreate(call.body, sandbox.state.switches);
  if (parsed.outcome === "invalid") return invalidParameter(parsed.message);
  const refused = refuseCode(sandbox, parsed.request, call.needsMerchantCode);
  if (refused) return refused;
  const code = newPaymentCode(sandbox, channel, parsed.request, call);
  sandbox.state.bills.set(code.invoice, code);
  sandbox.state.invoiceByCode.set(code.code, code.invoice);
  sandbox.changed();
  return jsonAnswer(200, channel.createAnswer(sandbox, code));
}
