import type { Translator } from "@/components/translator";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import { parseActor } from "@/lib/payment/attribution";
import type { RecordedAttribution } from "@/lib/payment/attribution";

/** Who did it and why, in words: "Sri (staff) · in the dashboard". */
export function formatAttribution(
  { actor, reason }: RecordedAttribution,
  { staff }: Pick<MerchantOrder, "staff">,
  t: Translator<"dashboard">,
): string {
  const { kind, id } = parseActor(actor);
  const name = kind === "staff" && id !== undefined ? staff.get(id) : undefined;
  const who = name === undefined ? t(`actors.${kind}`) : t("actors.staffNamed", { name });
  return reason === undefined ? who : `${who}\u00a0· ${t(`attributionReasons.${reason}`)}`;
}
