import { findOrderByCheckoutKey, insertOrder, recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import type { Tx } from "@/db/database";
import { isUniqueViolation } from "@/db/rows";
import type { Channel, Contact } from "@/lib/channels/channel";
import { findChannel } from "@/lib/channels/registry";
import type { Attribution } from "@/lib/payment/attribution";
import { validateMerchantCode } from "@/lib/payment/merchant-code";
import type { MerchantCodeFault } from "@/lib/payment/merchant-code";
import { OrderId } from "@/lib/payment/order-id";
import { newOwnCode, parseOwnCode } from "@/lib/payment/own-code";
import type { CodeKind, PaymentCode } from "@/lib/payment/payment-code";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Terms } from "@/lib/payment/terms";
import type { Deps } from "../deps";
import { requestCode } from "./request-code";
import {
  toBillItem,
  getFeatures,
  getMerchantCodeRules,
  insertPaymentAttempt,
  getUsualShares,
} from "./new-payment";

export type CreateMerchantPaymentInput = Attribution & {
  /** Made with the form, so that a form sent twice creates one payment. */
  key: string;
  channel: string;
  codeKind: CodeKind;
  /** The merchant's code as typed; empty to generate one, and for codes that DOKU makes. */
  code: string;
  /** What it is for, as the customer reads it. */
  description: string;
  amount: Rupiah;
  contact: Contact;
  expiresInMinutes: number;
  reusable: boolean;
  /** Without shares those of the settings apply. */
  terms: Terms;
};

/** Why it cannot be created, with the field to correct. */
export type MerchantPaymentFault =
  MerchantCodeFault | { field: "channel"; because: "unknown" } | { field: "code"; because: "taken" };

export type CreateMerchantPayment =
  /** The order's page shows the state of the payment, an unknown outcome included. */
  | { outcome: "made" | "exists" | "refused"; orderId: OrderId }
  | { outcome: "wrong"; fault: MerchantPaymentFault };

/** How often a new code is generated when a generated one is taken. */
const maxTries = 5;

/**
 * Creates a payment for a customer at the counter or on the phone: an order of one line, and its code at once. For a
 * bill for direct inquiry nothing is sent to DOKU: it asks us when a till does.
 */
export async function createMerchantPayment(
  deps: Deps,
  input: CreateMerchantPaymentInput,
): Promise<CreateMerchantPayment> {
  const channel = findChannel(input.channel);
  if (!channel) return toWrong({ field: "channel", because: "unknown" });
  // DOKU's answer format for inquiries has no shares.
  const usual = input.codeKind === "dipc" ? {} : getUsualShares(deps, channel, input.amount);
  const terms = { ...usual, ...input.terms };
  const asked = { ...input, customerName: input.contact.name, terms };
  const [fault] = validateMerchantCode(getMerchantCodeRules(deps.settings, channel), asked);
  if (fault) {
    // What the same form or call made before is found, also when it would no longer be made.
    const orderId = await findOrderByCheckoutKey(deps.db, toCheckoutKey(input));
    return orderId ? { outcome: "exists", orderId } : toWrong(fault);
  }
  const saved = await saveWithFreeCode(deps, { ...input, terms }, channel);
  if (saved.outcome !== "saved") return saved;
  deps.publishOrderChanged(saved.orderId);
  if (input.codeKind === "dipc") return { outcome: "made", orderId: saved.orderId };
  const requested = await requestCode(deps, saved.payment);
  return { outcome: requested.outcome === "refused" ? "refused" : "made", orderId: saved.orderId };
}

const toCheckoutKey = ({ key }: Pick<CreateMerchantPaymentInput, "key">) => `merchant:${key}`;

const toWrong = (fault: MerchantPaymentFault): CreateMerchantPayment => ({ outcome: "wrong", fault });

type SavedPayment = { outcome: "saved"; orderId: OrderId; payment: PaymentRow } | CreateMerchantPayment;

async function saveWithFreeCode(
  deps: Deps,
  input: CreateMerchantPaymentInput,
  channel: Channel,
): Promise<SavedPayment> {
  for (let tries = 1; ; tries += 1) {
    const code = choosePaymentCode(deps, input, channel);
    try {
      return await deps.db.transaction((tx) => savePayment(tx, deps, { input, channel, code }));
    } catch (error) {
      if (!isUniqueViolation(error, "payments_own_code_once")) throw error;
      if (input.code !== "" || tries >= maxTries) return toWrong({ field: "code", because: "taken" });
    }
  }
}

/** The code as it was typed, which is valid, or a generated one; undefined where DOKU makes it. */
function choosePaymentCode(
  deps: Deps,
  { codeKind, code }: CreateMerchantPaymentInput,
  channel: Channel,
): PaymentCode | undefined {
  const { bin } = getFeatures(deps, channel);
  if (codeKind === "dgpc" || !bin) return undefined;
  if (code === "") return newOwnCode(bin, deps.random(8));
  const read = parseOwnCode(code, bin);
  if (read.outcome === "wrong") throw new Error(`a code that was valid a moment ago: ${read.because}`);
  return read.code;
}

type PaymentToSave = { input: CreateMerchantPaymentInput; channel: Channel; code: PaymentCode | undefined };

async function savePayment(
  tx: Tx,
  deps: Deps,
  { input, channel, code }: PaymentToSave,
): Promise<SavedPayment> {
  const checkoutKey = toCheckoutKey(input);
  const id = OrderId.parse(Buffer.from(deps.random(16)).toString("base64url"));
  const { amount, description } = input;
  const item = toBillItem(description, amount);
  const placed = await insertOrder(tx, { id, checkoutKey, amount, createdAt: deps.now() }, [item]);
  if (!placed) return findExistingOrder(tx, checkoutKey);
  const by = { actor: input.actor, reason: input.reason };
  await recordEvent(tx, id, { id: deps.newId(), kind: "order_placed", ...by, at: deps.now() });
  const payment = await insertPaymentAttempt(tx, deps, {
    ...input,
    order: { id, amount },
    items: [item],
    channel,
    code,
  });
  return { outcome: "saved", orderId: id, payment };
}

async function findExistingOrder(tx: Tx, checkoutKey: string): Promise<SavedPayment> {
  const orderId = await findOrderByCheckoutKey(tx, checkoutKey);
  if (!orderId) throw new Error("a checkout key was taken, but its order is missing");
  return { outcome: "exists", orderId };
}
