import { findOrderByCheckoutKey, insertOrder, recordEvent } from "@/db/queries/orders";
import type { Tx } from "@/db/database";
import { isUniqueViolation } from "@/db/rows";
import type { Channel, Contact } from "@/lib/channels/channel";
import { findChannel } from "@/lib/channels/registry";
import type { Attribution } from "@/lib/payment/attribution";
import { validateMerchantCode } from "@/lib/payment/merchant-code";
import type { MerchantCodeFault } from "@/lib/payment/merchant-code";
import { OrderId } from "@/lib/payment/order-id";
import { newOwnCode, readOwnCode } from "@/lib/payment/own-code";
import type { CodeKind, PaymentCode } from "@/lib/payment/payment-code";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Terms } from "@/lib/payment/terms";
import type { Deps } from "../deps";
import { issuePayment } from "./request-code";
import { billItem, getFeatures, getMerchantCodeRules, savePaymentOf, sharesOf } from "./new-payment";

export type MakePaymentInput = Attribution & {
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

/** Why it cannot be made, with the field that a person has to correct. */
export type MakeFault =
  MerchantCodeFault | { field: "channel"; because: "unknown" } | { field: "code"; because: "taken" };

export type MakePayment =
  /** Its page shows what is known; an unknown outcome included. */
  { outcome: "made" | "exists" | "refused"; orderId: OrderId } | { outcome: "wrong"; fault: MakeFault };

/** How often a code is made anew when the one of chance is taken. */
const mostTries = 5;

/**
 * A payment that the merchant makes for a customer at the counter or on the phone: an order of one line, and its code at
 * once. A bill for direct inquiry waits here, and DOKU hears of it when a till asks.
 */
export async function createMerchantPayment(deps: Deps, input: MakePaymentInput): Promise<MakePayment> {
  const channel = findChannel(input.channel);
  if (!channel) return wrong({ field: "channel", because: "unknown" });
  // An inquiry's answer has no place for shares.
  const usual = input.codeKind === "dipc" ? {} : sharesOf(deps, channel, input.amount);
  const terms = { ...usual, ...input.terms };
  const asked = { ...input, customerName: input.contact.name, terms };
  const [fault] = validateMerchantCode(getMerchantCodeRules(deps.settings, channel), asked);
  if (fault) return wrong(fault);
  const made = await makeUnderFreeCode(deps, { ...input, terms }, channel);
  if (made.outcome !== "saved") return made;
  deps.nudge(made.orderId);
  if (input.codeKind === "dipc") return { outcome: "made", orderId: made.orderId };
  const issued = await issuePayment(deps, made.paymentId);
  return { outcome: issued.outcome === "refused" ? "refused" : "made", orderId: made.orderId };
}

const wrong = (fault: MakeFault): MakePayment => ({ outcome: "wrong", fault });

type Made = { outcome: "saved"; orderId: OrderId; paymentId: string } | MakePayment;

async function makeUnderFreeCode(deps: Deps, input: MakePaymentInput, channel: Channel): Promise<Made> {
  for (let tries = 1; ; tries += 1) {
    const code = codeFor(deps, input, channel);
    try {
      return await deps.db.transaction((tx) => save(tx, deps, { input, channel, code }));
    } catch (error) {
      if (!isUniqueViolation(error, "payments_own_code_once")) throw error;
      if (input.code !== "" || tries >= mostTries) return wrong({ field: "code", because: "taken" });
    }
  }
}

/** The code as it was typed, which is valid, or a generated one; undefined where DOKU makes it. */
function codeFor(
  deps: Deps,
  { codeKind, code }: MakePaymentInput,
  channel: Channel,
): PaymentCode | undefined {
  const { bin } = getFeatures(deps, channel);
  if (codeKind === "dgpc" || !bin) return undefined;
  if (code === "") return newOwnCode(bin, deps.random(8));
  const read = readOwnCode(code, bin);
  if (read.outcome === "wrong") throw new Error(`a code that was valid a moment ago: ${read.because}`);
  return read.code;
}

type Saving = { input: MakePaymentInput; channel: Channel; code: PaymentCode | undefined };

async function save(tx: Tx, deps: Deps, { input, channel, code }: Saving): Promise<Made> {
  const checkoutKey = `merchant:${input.key}`;
  const id = OrderId.parse(Buffer.from(deps.random(16)).toString("base64url"));
  const { amount, description } = input;
  const item = billItem(description, amount);
  const placed = await insertOrder(tx, { id, checkoutKey, amount, createdAt: deps.now() }, [item]);
  if (!placed) return existing(tx, checkoutKey);
  const by = { actor: input.actor, reason: input.reason };
  await recordEvent(tx, id, { id: deps.newId(), kind: "order_placed", ...by, at: deps.now() });
  const paymentId = await savePaymentOf(tx, deps, {
    ...input,
    order: { id, amount },
    items: [item],
    channel,
    code,
  });
  return { outcome: "saved", orderId: id, paymentId };
}

async function existing(tx: Tx, checkoutKey: string): Promise<Made> {
  const orderId = await findOrderByCheckoutKey(tx, checkoutKey);
  if (!orderId) throw new Error("a form's key that is taken and not there");
  return { outcome: "exists", orderId };
}
