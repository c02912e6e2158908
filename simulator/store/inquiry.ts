import type { StoreChannel } from "../core/channels";
import type { CodeBill } from "../core/state";
import { codeState, findCode, isTimeUp, type World } from "../core/world";
import { askMerchant } from "./direct-inquiry";
import { billOfCode, digitsOf, type InquiryResult, type Refusal, refuse } from "./till-bill";

/** The till takes codes for `till_grace_seconds` after their time: a payment begun before may finish (protocol 9). */
export function refuseCode(world: World, bill: CodeBill): Refusal | undefined {
  const state = codeState(world, bill);
  if (state === "PAID") return refuse("already_paid");
  if (state === "DELETED") return refuse("deleted");
  const inGrace = !isTimeUp(world, bill, world.state.switches.till_grace_seconds);
  return state === "EXPIRED" && !inGrace ? refuse("expired") : undefined;
}

const isDipc = (world: World, code: string): boolean =>
  world.settings.dipcBins.some((bin) => code.startsWith(bin));

/** What a code is worth at the till: from DOKU's books, or asked of the merchant (protocol 4.5). */
export async function inquire(world: World, typed: string, store?: StoreChannel): Promise<InquiryResult> {
  const code = digitsOf(typed);
  const bill = findCode(world, code);
  if (bill && bill.feature !== "DIPC") {
    if (store !== undefined && store !== bill.channel) return refuse("not_found", "a code of another store");
    return refuseCode(world, bill) ?? { outcome: "bill", bill: billOfCode(bill) };
  }
  // Indomaret has no direct inquiry (protocol 5).
  if (store === "indomaret" || !isDipc(world, code)) return refuse("not_found");
  return askMerchant(world, code);
}
