import { codeChannels } from "../channels/list";
import type { PaymentCode } from "../core/state";
import { currentCodeState, findCode, isTimeUp, type Sandbox } from "../core/sandbox";
import { askMerchant } from "./direct-inquiry";
import { toTillBill, toDigits, type InquiryResult, type TillRefusal, refuseAtTill } from "./till-bill";

/** The till takes a code for `till_grace_seconds` after its expiry: a payment begun before may finish (protocol 9). */
export function refuseCode(sandbox: Sandbox, bill: PaymentCode): TillRefusal | undefined {
  const state = currentCodeState(sandbox, bill);
  if (state === "PAID") return refuseAtTill("already_paid");
  if (state === "DELETED") return refuseAtTill("deleted");
  const inGrace = !isTimeUp(sandbox, bill, sandbox.state.switches.till_grace_seconds);
  return state === "EXPIRED" && !inGrace ? refuseAtTill("expired") : undefined;
}

const isDipc = (sandbox: Sandbox, code: string): boolean =>
  sandbox.settings.dipcBins.some((bin) => code.startsWith(bin));

/** The bill of a code at the till, from the ledger or by an inquiry to the merchant (protocol 4.5). */
export async function inquireCode(sandbox: Sandbox, typed: string, store?: string): Promise<InquiryResult> {
  const code = toDigits(typed);
  const bill = findCode(sandbox, code);
  if (bill && bill.feature !== "DIPC") {
    if (store !== undefined && store !== bill.channel)
      return refuseAtTill("not_found", "a code of another store");
    return refuseCode(sandbox, bill) ?? { outcome: "bill", bill: toTillBill(bill) };
  }
  // Only some stores have inquiries (protocol 4.5, 5).
  const channel = codeChannels.find((item) => item.hasInquiry && item.id === (store ?? item.id));
  if (!channel || !isDipc(sandbox, code)) return refuseAtTill("not_found");
  return askMerchant(sandbox, channel, code);
}
