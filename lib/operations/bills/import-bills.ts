import { findTakenCodes, insertBills } from "@/db/queries/bills";
import type { NewBill } from "@/db/queries/bills";
import { isUniqueViolation } from "@/db/rows";
import type { Channel } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import type { Actor } from "@/lib/payment/attribution";
import { newInvoiceNumber } from "@/lib/payment/invoice-number";
import { jakartaDay } from "@/lib/payment/jakarta-time";
import { OrderId } from "@/lib/payment/order-id";
import { newOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import { parseBillFile } from "./bill-file";
import type { ParseBillFile, ParsedBill, RowFault } from "./bill-file";
import { maxBills } from "./bill-table";
import type { FileFault } from "./bill-table";
import type { BillFile } from "./decode-file";
import type { Deps } from "../deps";
import { toBillItem, getFeatures, getMerchantCodeRules } from "../payments/new-payment";

export type ImportBills =
  | { outcome: "imported"; count: number }
  | { outcome: "wrong_file"; fault: FileFault }
  /** Nothing was saved: a file is imported whole or not at all. */
  | Extract<ParseBillFile, { outcome: "wrong_rows" }>
  /** A code was taken while the file was being saved. Nothing was saved; the same file may be sent again. */
  | { outcome: "try_again" }
  | { outcome: "switched_off" };

/** How many bills of an import are saved, of how many. */
export type Progress = { saved: number; of: number };
type OnProgress = (progress: Progress) => void | Promise<void>;

const batchSize = 500;

/** Imports bills for direct inquiry from a table, in one transaction. */
export async function importBills(
  deps: Deps,
  { file, actor }: { file: BillFile; actor: Actor },
  onProgress: OnProgress = () => undefined,
): Promise<ImportBills> {
  const channel = channels.find((one) => getFeatures(deps, one).codeKinds.includes("dipc"));
  if (!channel) return { outcome: "switched_off" };
  const code = getMerchantCodeRules(deps.settings, channel);
  if (!code.isOn) return { outcome: "switched_off" };
  const read = await parseBillFile(file, { code, now: deps.now() });
  if (read.outcome !== "read") return read;
  const coded = await assignCodes(deps, read.bills, channel);
  if (Array.isArray(coded)) return { outcome: "wrong_rows", faults: coded };
  await onProgress({ saved: 0, of: coded.bills.length });
  try {
    return await saveBills(deps, { channel, bills: coded.bills, actor, onProgress });
  } catch (error) {
    if (isUniqueViolation(error, "payments_own_code_once")) return { outcome: "try_again" };
    throw error;
  }
}

type CodedBill = ParsedBill & { code: PaymentCode };

/** Generates codes for rows without one; returns faults for codes that an open bill has. */
async function assignCodes(
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

type BillsToSave = { channel: Channel; bills: CodedBill[]; actor: Actor; onProgress: OnProgress };

async function saveBills(
  deps: Deps,
  { channel, bills, actor, onProgress }: BillsToSave,
): Promise<ImportBills> {
  if (bills.length > maxBills) throw new Error("more bills than a file may hold");
  const firstId = await deps.db.transaction(async (tx) => {
    let first: OrderId | undefined;
    for (let at = 0; at < bills.length; at += batchSize) {
      // Made batch by batch: ten thousand at once would hold up other requests.
      const batch = bills.slice(at, at + batchSize).map((bill) => toNewBill(deps, bill, { channel, actor }));
      await insertBills(tx, batch);
      first ??= batch[0]?.order.id;
      await onProgress({ saved: Math.min(at + batchSize, bills.length), of: bills.length });
    }
    return first;
  });
  if (firstId) deps.publishOrderChanged(firstId);
  return { outcome: "imported", count: bills.length };
}

function toNewBill(
  deps: Deps,
  bill: CodedBill,
  { channel, actor }: Pick<BillsToSave, "channel" | "actor">,
): NewBill {
  const now = deps.now();
  const orderId = OrderId.parse(Buffer.from(deps.random(16)).toString("base64url"));
  const paymentId = deps.newId();
  const { amount, description, contact, expiresAt } = bill;
  const event = { orderId, actor, reason: "import", at: now } as const;
  return {
    order: {
      id: orderId,
      checkoutKey: `import:${deps.newId()}`,
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
