import { updatePaymentLink } from "@/db/queries/payment-links";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import type { Deps } from "../deps";

export type LinkChange = {
  title?: string | undefined;
  description?: string | null | undefined;
  thanks?: string | null | undefined;
  stock?: number | null | undefined;
  endsAt?: Date | null | undefined;
  /** Off, its page says so and makes no orders. Orders that it made go on. */
  isOn?: boolean | undefined;
};

export type ChangeLink = { outcome: "changed"; link: PaymentLinkRow } | { outcome: "not_found" };

/** Changes what is given. The price stays: a buyer may have it open, and a printed card may say it. */
export async function changePaymentLink(
  deps: Pick<Deps, "db" | "now">,
  id: string,
  { isOn, ...texts }: LinkChange,
): Promise<ChangeLink> {
  const now = deps.now();
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
  const link = await updatePaymentLink(deps.db, id, {
    ...given,
    ...(isOn !== undefined && { switchedOffAt: isOn ? null : now }),
    updatedAt: now,
  });
  return link ? { outcome: "changed", link } : { outcome: "not_found" };
}
