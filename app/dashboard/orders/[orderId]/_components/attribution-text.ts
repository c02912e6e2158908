import { fill } from "@/components/fill";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import { parseActor } from "@/lib/payment/attribution";
import type { RecordedAttribution } from "@/lib/payment/attribution";
import type { Shared } from "../page";

/** Who did it and why, in words: "Sri (staff) · in the dashboard". */
export function attributionText(
  { actor, reason }: RecordedAttribution,
  { staff }: Pick<MerchantOrder, "staff">,
  { actors, reasons }: Pick<Shared["labels"], "actors" | "reasons">,
): string {
  const { kind, id } = parseActor(actor);
  const name = kind === "staff" && id !== undefined ? staff.get(id) : undefined;
  const who = name === undefined ? actors[kind] : fill(actors.staffNamed, { name });
  return reason === undefined ? who : `${who}\u00a0· ${reasons[reason]}`;
}
