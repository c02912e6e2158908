import { findOrderByCheckoutKey, insertOrder, recordEvent } from "@/db/queries/orders";
import type { Tx } from "@/db/database";
import { isUniqueViolation } from "@/db/rows";
import type { Channel, Contact, Misfit } from "@/lib/channels/channel";
import { misfitOf } from "@/lib/channels/fitting";
import { findChannel } from "@/lib/channels/registry";
import { OrderId } from "@/lib/payment/order-id";
import { newOwnCode, readOwnCode } from "@/lib/payment/own-code";
import type { OwnCodeFault } from "@/lib/payment/own-code";
import type { CodeKind, PaymentCode } from "@/lib/payment/payment-code";
import type { Rupiah } from "@/lib/payment/rupiah";
import { faultOfShares } from "@/lib/payment/settlement";
import type { ShareFault } from "@/lib/payment/settlement";
import type { Terms } from "@/lib/payment/terms";
import type { Deps } from "../deps";
import { issuePayment } from "./issue-payment";
import { billItem, canSettle, featuresOf, limitsOf, savePaymentOf, sharesOf } from "./new-payment";

export type MakePaymentInput = {
  /** Of the form: sent twice, it makes one payment. */
  key: string;
  channel: string;
  codeKind: CodeKind;
  /** A code of the merchant's making as typed; empty to have one made. Of codes that DOKU makes always empty. */
  code: string;
  /** What it is for, as the customer reads it. */
  description: string;
  amount: Rupiah;
  contact: Contact;
  expiresInMinutes: number;
  reusable: boolean;
  /** Shares left out are the merchant's usual ones. */
  terms: Terms;
};

/** Why it cannot be made, with the field that a person has to mend. */
export type MakeFault =
  | { field: "channel"; because: Misfit["because"] | "switched_off" | "unknown" }
  | { field: "codeKind"; because: "switched_off" }
  | { field: "code"; because: OwnCodeFault | "taken" }
  | { field: "amount"; because: "above_limit" | "below_limit"; limit: Rupiah }
  | { field: "reusable" | "insurance" | "description"; because: "not_offered" }
  /** `line` counts from 1. */
  | { field: "footer"; because: "not_offered"; line: number }
  | { field: "settlement"; because: ShareFault | "switched_off" };

export type MakePayment =
  /** Its page shows what is known; an unknown outcome included. */
  { outcome: "made" | "exists" | "refused"; orderId: OrderId } | { outcome: "wrong"; fault: MakeFault };

/** How often a code is made anew when the one of chance is taken. */
const mostTries = 5;

/**
 * A payment that the merchant makes for a customer at the counter or on the phone: an order of one line, and its code at
 * once. A bill for direct inquiry waits here, and DOKU hears of it when a till asks.
 */
export async function makePayment(deps: Deps, input: MakePaymentInput): Promise<MakePayment> {
  const channel = findChannel(input.channel);
  if (!channel) return wrong({ field: "channel", because: "unknown" });
  // An inquiry's answer has no place for shares.
  const usual = input.codeKind === "dipc" ? {} : sharesOf(deps, channel, input.amount);
  const terms = { ...usual, ...input.terms };
  const fault = faultOf(deps, { ...input, terms }, channel);
  if (fault) return wrong(fault);
  const made = await makeUnderFreeCode(deps, { ...input, terms }, channel);
  if (made.outcome !== "saved") return made;
  deps.nudge(made.orderId);
  if (input.codeKind === "dipc") return { outcome: "made", orderId: made.orderId };
  const issued = await issuePayment(deps, made.paymentId);
  return { outcome: issued.outcome === "refused" ? "refused" : "made", orderId: made.orderId };
}

const wrong = (fault: MakeFault): MakePayment => ({ outcome: "wrong", fault });

function faultOf(deps: Deps, input: MakePaymentInput, channel: Channel): MakeFault | undefined {
  const features = featuresOf(deps, channel);
  const { amount, terms } = input;
  const items = [{ price: amount, quantity: 1 }];
  const limits = limitsOf(deps, channel);
  if (!limits.enabled) return { field: "channel", because: "switched_off" };
  const misfit = misfitOf(channel, limits, { amount, items });
  if (misfit && "limit" in misfit && misfit.because !== "too_many_items")
    return { field: "amount", because: misfit.because, limit: misfit.limit };
  if (misfit) return { field: "channel", because: misfit.because };
  if (!features.codeKinds.includes(input.codeKind)) return { field: "codeKind", because: "switched_off" };
  // A bill for direct inquiry is asked for again at each try, so that "again and again" is the merchant's to make anew.
  if (input.reusable && (!channel.can.reuse || input.codeKind === "dipc"))
    return { field: "reusable", because: "not_offered" };
  const isInsurable = features.insurance && channel.prints.includes("insurance");
  if (terms.insurance && !isInsurable) return { field: "insurance", because: "not_offered" };
  const line = terms.footer?.findIndex((text, at) => at >= channel.footerLines && text !== "") ?? -1;
  if (line >= 0) return { field: "footer", because: "not_offered", line: line + 1 };
  if (terms.description && !channel.prints.includes("description"))
    return { field: "description", because: "not_offered" };
  return faultOfSettlement(deps, channel, input);
}

function faultOfSettlement(
  deps: Deps,
  channel: Channel,
  { terms, amount, codeKind }: MakePaymentInput,
): MakeFault | undefined {
  const shares = terms.settlement ?? [];
  if (shares.length === 0) return undefined;
  const isOn = canSettle(deps, channel) && codeKind !== "dipc";
  if (!isOn) return { field: "settlement", because: "switched_off" };
  const because = faultOfShares(shares, amount);
  return because && { field: "settlement", because };
}

type Made = { outcome: "saved"; orderId: OrderId; paymentId: string } | MakePayment;

async function makeUnderFreeCode(deps: Deps, input: MakePaymentInput, channel: Channel): Promise<Made> {
  for (let tries = 1; ; tries += 1) {
    const code = codeFor(deps, input, channel);
    if (code.outcome === "wrong") return wrong({ field: "code", because: code.because });
    try {
      return await deps.db.transaction((tx) => save(tx, deps, { input, channel, code: code.code }));
    } catch (error) {
      if (!isUniqueViolation(error, "payments_own_code_once")) throw error;
      if (input.code !== "" || tries >= mostTries) return wrong({ field: "code", because: "taken" });
    }
  }
}

type Code = { outcome: "read"; code: PaymentCode | undefined } | { outcome: "wrong"; because: OwnCodeFault };

function codeFor(deps: Deps, { codeKind, code }: MakePaymentInput, channel: Channel): Code {
  const { bin } = featuresOf(deps, channel);
  if (codeKind === "dgpc" || !bin) return { outcome: "read", code: undefined };
  return code === "" ? { outcome: "read", code: newOwnCode(bin, deps.random(8)) } : readOwnCode(code, bin);
}

type Saving = { input: MakePaymentInput; channel: Channel; code: PaymentCode | undefined };

async function save(tx: Tx, deps: Deps, { input, channel, code }: Saving): Promise<Made> {
  const checkoutKey = `merchant:${input.key}`;
  const id = OrderId.parse(Buffer.from(deps.random(16)).toString("base64url"));
  const { amount, description } = input;
  const item = billItem(description, amount);
  const placed = await insertOrder(tx, { id, checkoutKey, amount, createdAt: deps.now() }, [item]);
  if (!placed) return existing(tx, checkoutKey);
  await recordEvent(tx, id, { id: deps.newId(), kind: "order_placed", cause: "merchant", at: deps.now() });
  const paymentId = await savePaymentOf(tx, deps, {
    ...input,
    order: { id, amount },
    items: [item],
    channel,
    cause: "merchant",
    code,
  });
  return { outcome: "saved", orderId: id, paymentId };
}

async function existing(tx: Tx, checkoutKey: string): Promise<Made> {
  const orderId = await findOrderByCheckoutKey(tx, checkoutKey);
  if (!orderId) throw new Error("a form's key that is taken and not there");
  return { outcome: "exists", orderId };
}
