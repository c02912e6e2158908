import type { CodeBill } from "../core/state";
import { after, wholeSecond } from "../core/wib-time";
import { codeState, findCode, nowOf, type World } from "../core/world";
import { type Answer, jsonAnswer } from "../wire/http";
import { codeDates } from "./create-code";
import { AlfaChange, describeFault } from "./fields";
import { invalidParameter, notFound } from "./refusal";

const MINUTE_MS = 60_000;
const DEFAULT_EXPIRY_MINUTES = 60;

function applyUpdate(world: World, bill: CodeBill, change: AlfaChange): void {
  const info = change.online_to_offline_info;
  const now = wholeSecond(nowOf(world));
  const from = world.state.switches.patch_expiry_from === "patch" ? now : new Date(bill.createdAt);
  bill.expiresAt = after(from, (info.expired_time ?? DEFAULT_EXPIRY_MINUTES) * MINUTE_MS).toISOString();
  bill.amount = change.order?.amount ?? bill.amount;
  bill.reusable = info.reusable_status ?? bill.reusable;
  bill.info = info.info ?? bill.info;
  bill.customerName = change.customer.name;
  bill.customerEmail = change.customer.email ?? bill.customerEmail;
  bill.state = "ACTIVE";
}

function changeAnswer(world: World, bill: CodeBill): Answer {
  return jsonAnswer(200, {
    order: { invoice_number: bill.invoice },
    online_to_offline_info: { payment_code: bill.code, ...codeDates(world, bill) },
  });
}

/** Update and cancel of an Alfa code (protocol 4.4). */
export function changeCode(world: World, body: unknown): Answer {
  const parsed = AlfaChange.safeParse(body);
  if (!parsed.success) return invalidParameter(describeFault(parsed.error, body));
  const info = parsed.data.online_to_offline_info;
  const { reusable_status_mandatory, patch_closed_refused } = world.state.switches;
  if (reusable_status_mandatory && info.reusable_status === undefined) {
    return invalidParameter("online_to_offline_info.reusable_status is mandatory");
  }
  const bill = findCode(world, info.payment_code);
  const invoice = parsed.data.order?.invoice_number;
  if (!bill || bill.channel !== "alfa" || (invoice !== undefined && invoice !== bill.invoice))
    return notFound();
  if (patch_closed_refused && codeState(world, bill) !== "ACTIVE") {
    return invalidParameter("online_to_offline_info.payment_code is not active");
  }
  // A paid code stays as it is, whatever a PATCH says.
  if (bill.state !== "PAID") {
    if (info.status === "ACTIVE") applyUpdate(world, bill, parsed.data);
    else bill.state = "DELETED";
  }
  world.changed();
  return changeAnswer(world, bill);
}
