import { parseJson } from "../core/json";
import type { World } from "../core/world";
import { type Answer, jsonAnswer } from "../wire/http";
import { firstSuccessOf } from "./idempotency";
import { invalidParameter, otherRequestData } from "./refusal";

type Override = { outcome: "use"; url: string | null } | { outcome: "refuse" };

/** An override must have the configured URL's path; the host may differ (protocol 8.6). */
export function decideOverride(world: World, override: string | undefined): Override {
  if (override === undefined) return { outcome: "use", url: null };
  const samePath = new URL(override).pathname === new URL(world.settings.notificationUrl).pathname;
  if (samePath) return { outcome: "use", url: override };
  return world.state.switches.bad_override === "fall_back"
    ? { outcome: "use", url: null }
    : { outcome: "refuse" };
}

export const badOverride = (): Answer =>
  invalidParameter("additional_info.override_notification_url must have the path of the Notification URL");

/** An invoice number is unique per request (protocol 3); which answer breaks the rule is not documented. */
export function refuseKnownInvoice(world: World, invoice: string): Answer | undefined {
  if (!world.state.bills.has(invoice)) return undefined;
  const { duplicate_invoice } = world.state.switches;
  if (duplicate_invoice === "refuse_409") return otherRequestData();
  const first = duplicate_invoice === "first_answer_200" ? firstSuccessOf(world, invoice) : undefined;
  return first === undefined ? invalidParameter("INVOICE ALREADY USED") : jsonAnswer(200, parseJson(first));
}

export function refuseAmount(world: World, amount: number): Answer | undefined {
  const { minimum_amount, maximum_amount } = world.state.switches;
  const tooSmall = amount < minimum_amount;
  const tooLarge = maximum_amount > 0 && amount > maximum_amount;
  return tooSmall || tooLarge ? invalidParameter("order.amount is out of range") : undefined;
}
