import "server-only";
import {
  findMerchantCode,
  listBillRows,
  listBillsOfOrders,
  listTopUpCodeRows,
  sumTopUps,
} from "@/db/queries/bill-rows";
import type { MerchantCodeRow } from "@/db/queries/bill-rows";
import { listPayments } from "@/db/queries/orders";
import { parseBillId, parseTopUpCodeId, toTopUpCodeId } from "@/lib/api/ids";
import { toProblem } from "@/lib/api/problem";
import type { FieldError } from "@/lib/api/problem";
import type {
  BillListQuery,
  BillRequest,
  BillsRequest,
  TopUpCodeListQuery,
  TopUpCodeRequest,
} from "@/lib/api/requests";
import type { TopUpCodeResource } from "@/lib/api/resources";
import { createBills } from "@/lib/operations/bills/create-bills";
import type { BillFault, BillInput } from "@/lib/operations/bills/create-bills";
import { createMerchantPayment } from "@/lib/operations/payments/create-merchant-payment";
import type { MerchantPaymentFault } from "@/lib/operations/payments/create-merchant-payment";
import type { OrderId } from "@/lib/payment/order-id";
import type { Terms } from "@/lib/payment/terms";
import { toBillResource, toCodeMembers } from "./to-code-resource";
import { notFound, toList, toProblemAnswer, toResource, unknownCursor } from "./answer";
import type { ApiAnswer } from "./answer";
import type { ApiCall } from "./api-route";

type Call<Input> = ApiCall<Input>;

const switchedOff = toProblemAnswer(
  toProblem("not_switched_on", { detail: "The account or the settings lack what this needs." }),
);

/** `POST /bills`: all of them or none, and every fault at once. */
export async function postBills(call: Call<BillsRequest>): Promise<ApiAnswer> {
  const created = await createBills(call.deps, {
    bills: call.input.bills.map(toBillInput),
    actor: call.caller.actor,
    key: `api:${call.requestKey}`,
  });
  switch (created.outcome) {
    case "created":
    case "exists":
      return answerBills(call, created.orderIds);
    case "wrong_bills":
      return toProblemAnswer(
        toProblem("invalid_request", { errors: created.faults.slice(0, 1000).map(toBillError) }),
      );
    case "try_again":
      return toProblemAnswer(toProblem("code_taken", {}, { "retry-after": "1" }));
    case "switched_off":
      return switchedOff;
  }
}

const toBillInput = (bill: BillRequest): BillInput => ({
  amount: bill.amount,
  description: bill.description,
  contact: toContact(bill.customer),
  expiresAt: new Date(bill.expires_at),
  code: bill.payment_code,
  terms: {
    ...toTerms(bill),
    ...(bill.insurance && {
      insurance: {
        policyType: bill.insurance.policy_type,
        policyNumber: bill.insurance.policy_number,
        policyAccountName: bill.insurance.policy_account_name,
        policyStatus: bill.insurance.policy_status,
        billDueDate: bill.insurance.bill_due_date,
      },
    }),
  },
});

const toContact = ({ name, email = "", phone = "" }: BillRequest["customer"]) => ({ name, email, phone });

const toTerms = ({ info, footer }: Pick<BillRequest, "info" | "footer">): Terms => ({
  ...(info !== undefined && { info }),
  ...(footer && { footer }),
});

/** Members of the request by what the operation calls them. */
const members: Partial<Record<BillFault["field"] | MerchantPaymentFault["field"], string>> = {
  code: "/payment_code",
  amount: "/amount",
  itemDescription: "/description",
  customerName: "/customer/name",
  expiresInMinutes: "/expires_in_minutes",
  expiresAt: "/expires_at",
  insurance: "/insurance",
  footer: "/footer",
  channel: "/channel",
};

const toBillError = ({ index, field, because }: BillFault): FieldError => ({
  pointer: `/bills/${index}${members[field] ?? ""}`,
  detail: because.replaceAll("_", " "),
});

async function answerBills(call: Call<unknown>, orderIds: readonly OrderId[]): Promise<ApiAnswer> {
  const found = new Map((await listBillsOfOrders(call.deps.db, orderIds)).map((row) => [row.orderId, row]));
  const data = orderIds.flatMap((id) => {
    const row = found.get(id);
    return row ? [toBillResource(row, call.livemode)] : [];
  });
  return toResource({ object: "list", data, has_more: false }, 201);
}

/** `GET /bills` */
export async function getBills(call: Call<BillListQuery>): Promise<ApiAnswer> {
  const { limit, starting_after: cursor, status } = call.input;
  const after = await findCursor(call, cursor, parseBillId);
  if (after === "unknown") return unknownCursor;
  const found = await listBillRows(call.deps.db, status, { after, most: limit + 1 });
  const data = found.slice(0, limit).map((row) => toBillResource(row, call.livemode));
  return toList(data, found.length > limit);
}

async function findCursor(
  { deps }: Call<unknown>,
  cursor: string | undefined,
  parse: (id: string) => string | undefined,
): Promise<MerchantCodeRow | undefined | "unknown"> {
  if (cursor === undefined) return undefined;
  const id = parse(cursor);
  return (id === undefined ? undefined : await findMerchantCode(deps.db, id)) ?? "unknown";
}

/** `GET /bills/{id}` */
export async function getBill(call: Call<unknown>): Promise<ApiAnswer> {
  const id = parseBillId(call.params["id"] ?? "");
  const row = id === undefined ? undefined : await findMerchantCode(call.deps.db, id);
  return row?.codeKind === "dipc" ? toResource(toBillResource(row, call.livemode)) : notFound;
}

/** `POST /top_up_codes` */
export async function postTopUpCode(call: Call<TopUpCodeRequest>): Promise<ApiAnswer> {
  const { channel, amount, description, customer, payment_code: code = "", ...rest } = call.input;
  const created = await createMerchantPayment(call.deps, {
    ...{ channel, amount, description, code, terms: toTerms(rest) },
    contact: toContact(customer),
    expiresInMinutes: rest.expires_in_minutes,
    codeKind: "mgpc",
    reusable: true,
    key: `api:${call.requestKey}`,
    actor: call.caller.actor,
    reason: "api",
  });
  if (created.outcome === "wrong") return toTopUpProblem(created.fault);
  const [payment] = await listPayments(call.deps.db, created.orderId);
  const row = payment && (await findMerchantCode(call.deps.db, payment.id));
  if (!row) return notFound;
  if (row.status === "failed") return toProblemAnswer(toProblem("refused_by_gateway"));
  return toResource(await toTopUpCode(call, row), created.outcome === "exists" ? 200 : 201);
}

function toTopUpProblem(fault: MerchantPaymentFault): ApiAnswer {
  const isOff = fault.because === "switched_off" || fault.because === "not_offered";
  const error = { pointer: members[fault.field] ?? "", detail: fault.because.replaceAll("_", " ") };
  return toProblemAnswer(
    isOff
      ? toProblem("not_switched_on", { detail: `${fault.field}: ${error.detail}` })
      : toProblem("invalid_request", { errors: [error] }),
  );
}

/** `GET /top_up_codes` */
export async function getTopUpCodes(call: Call<TopUpCodeListQuery>): Promise<ApiAnswer> {
  const { limit, starting_after: cursor } = call.input;
  const after = await findCursor(call, cursor, parseTopUpCodeId);
  if (after === "unknown") return unknownCursor;
  const found = await listTopUpCodeRows(call.deps.db, { after, most: limit + 1 });
  const data = await toTopUpCodes(call, found.slice(0, limit));
  return toList(data, found.length > limit);
}

/** `GET /top_up_codes/{id}` */
export async function getTopUpCode(call: Call<unknown>): Promise<ApiAnswer> {
  const id = parseTopUpCodeId(call.params["id"] ?? "");
  const row = id === undefined ? undefined : await findMerchantCode(call.deps.db, id);
  return row?.reusable ? toResource(await toTopUpCode(call, row)) : notFound;
}

async function toTopUpCodes(
  { deps, livemode }: Call<unknown>,
  found: readonly MerchantCodeRow[],
): Promise<TopUpCodeResource[]> {
  const sums = await sumTopUps(
    deps.db,
    found.map(({ id }) => id),
  );
  return found.map((row) => ({
    id: toTopUpCodeId(row.id),
    object: "top_up_code",
    ...toCodeMembers(row, livemode),
    received: sums.get(row.id)?.received ?? 0,
    times_paid: sums.get(row.id)?.times ?? 0,
  }));
}

async function toTopUpCode(call: Call<unknown>, row: MerchantCodeRow): Promise<TopUpCodeResource> {
  const [code] = await toTopUpCodes(call, [row]);
  if (!code) throw new Error("a row that is no resource");
  return code;
}
