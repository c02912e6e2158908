import { findTakenCodes, insertBills } from "@/db/queries/bills";
import type { NewBill } from "@/db/queries/bills";
import { isLockFailure, isUniqueViolation } from "@/db/rows";
import type { Channel } from "@/lib/channels/channel";
import type { Actor } from "@/lib/payment/attribution";
import { newInvoiceNumber } from "@/lib/payment/invoice-number";
import { jakartaDay } from "@/lib/payment/jakarta-time";
import { OrderId } from "@/lib/payment/order-id";
import { newOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import type { ParsedBill, RowFault } from "./bill-file";
import { maxBills } from "./bill-table";
import type { Deps } from "../deps";
import { toBillItem, getFeatures } from "../payments/new-payment";

/**
 * A code was taken meanwhile, or is about to be: who saves the same codes at the same moment waits for the other. PostgreSQL ends a
 * wait of seconds, and one of two that wait for each other, as with the same codes in another sequence.
 */
export const isCodeTaken = (error: unknown): boolean =>
  isUniqueViolation(error, "payments_own_code_once") || isLockFailure(error);

/** How many bills are saved, of how many. */
export type Progress = { saved: number; of: number };
export type OnProgress = (progress: Progress) => void | Promise<void>;

const batchSize = 500;

export type CodedBill = ParsedBill & { code: PaymentCode };

/** Generates codes for rows without one; returns faults for codes that an open bill has. */
export async function assignCodes(
  deps: Deps,
  bills: ParsedBill[],
  channel: Channel,
): Promise<RowFault[] | { bills: CodedBill[] }> {
  const { bin } = getFeatures(deps, channel);
  if (!bin) throw new Error("direct inquiry without a BIN");
  const given = bills.flatMap(({ code }) => code ?? []);
  const taken = await findTakenCodes(deps.db, given);
  const faults = bills.flatMap(({ code, line }): RowFault[] =>
    code !== undefined && taken.has(code) ? [{ line, column: "code", value: code, because: "taken" }] : [],
  );
  if (faults.length > 0) return faults;
  const used = new Set(given);
  const generateCode = (): PaymentCode => {
    // Among 10^10 codes a random one is almost always free.
    for (;;) {
      const code = newOwnCode(bin, deps.random(8));
      if (used.has(code)) continue;
      used.add(code);
      return code;
    }
  };
  return { bills: bills.map((bill) => ({ ...bill, code: bill.code ?? generateCode() })) };
}

type BillsToSave = {
  channel: Channel;
  bills: CodedBill[];
  actor: Actor;
  reason: "import" | "api";
  /** Of the order of the bill at this place, so that a call that is repeated finds what it made. */
  toCheckoutKey: (index: number) => string;
  onProgress: OnProgress;
};

/**
 * Saves all bills in one transaction.
 * @throws an error of `isCodeTaken` when one of their codes was taken meanwhile, and a unique violation of
 * `orders_checkout_key_unique` when one of the orders exists
 */
export async function saveBills(
  deps: Deps,
  { channel, bills, actor, reason, toCheckoutKey, onProgress }: BillsToSave,
): Promise<OrderId[]> {
  if (bills.length > maxBills) throw new Error("more bills than a file may hold");
  const ids = await deps.db.transaction(async (tx) => {
    const saved: OrderId[] = [];
    for (let at = 0; at < bills.length; at += batchSize) {
      // Made batch by batch: ten thousand at once would hold up other requests.
      const batch = bills
        .slice(at, at + batchSize)
        .map((bill, index) =>
          toNewBill(deps, bill, { channel, actor, reason, checkoutKey: toCheckoutKey(at + index) }),
        );
      await insertBills(tx, batch);
      saved.push(...batch.map(({ order }) => order.id));
      await onProgress({ saved: Math.min(at + batchSize, bills.length), of: bills.length });
    }
    return saved;
  });
  const [first] = ids;
  if (first) deps.publishOrderChanged(first);
  return ids;
}

type BillOrigin = Pick<BillsToSave, "channel" | "actor" | "reason"> & { checkoutKey: string };

function toNewBill(
  deps: Deps,
  bill: CodedBill,
  { channel, actor, reason, checkoutKey }: BillOrigin,
): NewBill {
  const now = deps.now();
  const orderId = OrderId.parse(Buffer.from(deps.random(16)).toString("base64url"));
  const paymentId = deps.newId();
  const { amount, description, contact, expiresAt } = bill;
  const event = { orderId, actor, reason, at: now } as const;
  return {
    order: {
      id: orderId,
      checkoutKey,
      amount,
      // As many as the events below.
      version: 3,
      customerName: contact.name,
      customerEmail: contact.email || null,
      customerPhone: contact.phone || null,
      createdAt: now,
      updatedAt: now,
    },
    item: {
      orderId,
      position: 0,
      ...toBillItem(description, amount),
    },
    payment: {
      id: paymentId,
      orderId,
      attempt: 1,
      channel: channel.id,
      invoiceNumber: newInvoiceNumber(deps.settings.invoicePrefix, jakartaDay(now), deps.random(8)),
      amount,
      codeKind: "dipc",
      terms: bill.terms,
      expiresInMinutes: Math.ceil((expiresAt.getTime() - now.getTime()) / 60_000),
      requestId: deps.newId(),
      requestPath: "",
      requestBody: "",
      status: "awaiting_payment",
      paymentCode: bill.code,
      expiresAt,
      nextCheckAt: expiresAt,
      createdAt: now,
    },
    events: [
      { ...event, id: deps.newId(), version: 2, kind: "order_placed" },
      {
        ...event,
        id: deps.newId(),
        version: 3,
        kind: "payment_started",
        paymentId,
        to: "awaiting_payment",
        detail: { channel: channel.id },
      },
    ],
  };
}
