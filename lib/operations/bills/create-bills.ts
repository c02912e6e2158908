import { listOrdersByCheckoutKeys } from "@/db/queries/bill-rows";
import { isUniqueViolation } from "@/db/rows";
import { channels } from "@/lib/channels/registry";
import type { Channel } from "@/lib/channels/channel";
import type { Actor } from "@/lib/payment/attribution";
import { validateMerchantCode } from "@/lib/payment/merchant-code";
import type { MerchantCodeFault, MerchantCodeRules } from "@/lib/payment/merchant-code";
import type { OrderId } from "@/lib/payment/order-id";
import { parseOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Terms } from "@/lib/payment/terms";
import type { Deps } from "../deps";
import { getFeatures, getMerchantCodeRules } from "../payments/new-payment";
import type { ParsedBill } from "./bill-file";
import { createGiveWay } from "./give-way";
import { assignCodes, isCodeTaken, saveBills } from "./save-bills";

/** A bill that a program of the merchant asks for. */
export type BillInput = {
  amount: Rupiah;
  description: string;
  contact: { name: string; email: string; phone: string };
  expiresAt: Date;
  /** Undefined for one that is generated. */
  code: string | undefined;
  terms: Terms;
};

/** `index` counts from 0. */
export type BillFault = {
  index: number;
  field: MerchantCodeFault["field"] | "expiresAt";
  because: string;
};

export type CreateBills =
  | { outcome: "created" | "exists"; orderIds: OrderId[] }
  /** Nothing was saved. */
  | { outcome: "wrong_bills"; faults: BillFault[] }
  | { outcome: "switched_off" }
  /** A code was taken while they were saved. Nothing was; the same may be asked again. */
  | { outcome: "try_again" };

type Input = {
  bills: readonly BillInput[];
  actor: Actor;
  /** The same key finds the bills of the first time. */
  key: string;
};

/** Makes many bills for direct inquiry in one transaction: all of them, or none and why. */
export async function createBills(deps: Deps, { bills, actor, key }: Input): Promise<CreateBills> {
  const channel = channels.find((one) => getFeatures(deps, one).codeKinds.includes("dipc"));
  const rules = channel && getMerchantCodeRules(deps.settings, channel);
  if (!channel || !rules?.isOn) return { outcome: "switched_off" };
  const toCheckoutKey = (index: number) => `${key}:${index}`;
  const existing = await findExisting(
    deps,
    bills.map((_, index) => toCheckoutKey(index)),
  );
  if (existing) return { outcome: "exists", orderIds: existing };
  const parsed = await parseBills(deps, rules, bills);
  if ("faults" in parsed) return { outcome: "wrong_bills", faults: parsed.faults };
  const coded = await assignCodes(deps, parsed.bills, channel);
  if (Array.isArray(coded))
    return {
      outcome: "wrong_bills",
      faults: coded.map(({ line, because }) => ({ index: line, field: "code", because })),
    };
  return save(deps, { channel, bills: coded.bills, actor, toCheckoutKey });
}

/** What an earlier run of the same call made before it could answer: all of it, because it was one transaction. */
async function findExisting({ db }: Deps, keys: readonly string[]): Promise<OrderId[] | undefined> {
  const found = await listOrdersByCheckoutKeys(db, keys);
  return found.size === 0 ? undefined : keys.flatMap((key) => found.get(key) ?? []);
}

type ParsedBills = { bills: ParsedBill[] } | { faults: BillFault[] };

async function parseBills(
  deps: Deps,
  rules: MerchantCodeRules,
  inputs: readonly BillInput[],
): Promise<ParsedBills> {
  const giveWay = createGiveWay();
  const now = deps.now();
  const seen = new Set<PaymentCode>();
  const faults: BillFault[] = [];
  const bills: ParsedBill[] = [];
  for (const [index, input] of inputs.entries()) {
    await giveWay();
    const code = toCode(input, rules);
    const found = [
      ...validateMerchantCode(rules, {
        codeKind: "dipc",
        code: input.code ?? "",
        amount: input.amount,
        description: input.description,
        customerName: input.contact.name,
        terms: input.terms,
      }).map(({ field, because }) => ({ index, field, because })),
      ...(input.expiresAt <= now ? [{ index, field: "expiresAt" as const, because: "in_the_past" }] : []),
      ...(code !== undefined && seen.has(code)
        ? [{ index, field: "code" as const, because: "twice_in_request" }]
        : []),
    ];
    faults.push(...found);
    if (code !== undefined) seen.add(code);
    const { code: _typed, ...rest } = input;
    bills.push({ ...rest, code, line: index });
  }
  return faults.length > 0 ? { faults } : { bills };
}

function toCode({ code }: BillInput, { bin }: MerchantCodeRules): PaymentCode | undefined {
  const read = code === undefined || !bin ? undefined : parseOwnCode(code, bin);
  return read?.outcome === "read" ? read.code : undefined;
}

type BillsToSave = Pick<Parameters<typeof saveBills>[1], "bills" | "actor" | "toCheckoutKey"> & {
  channel: Channel;
};

async function save(deps: Deps, { toCheckoutKey, ...rest }: BillsToSave): Promise<CreateBills> {
  try {
    const orderIds = await saveBills(deps, {
      ...rest,
      toCheckoutKey,
      reason: "api",
      onProgress: () => undefined,
    });
    return { outcome: "created", orderIds };
  } catch (error) {
    if (isCodeTaken(error)) return { outcome: "try_again" };
    const keys = rest.bills.map((_, index) => toCheckoutKey(index));
    const existing = isUniqueViolation(error) ? await findExisting(deps, keys) : undefined;
    if (!existing) throw error;
    return { outcome: "exists", orderIds: existing };
  }
}
