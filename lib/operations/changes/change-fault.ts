import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { getChannel } from "@/lib/channels/registry";
import type { Rupiah } from "@/lib/payment/rupiah";
import { fixedShareOf } from "@/lib/payment/settlement";
import type { Wish } from "./change-payment";
import type { Deps } from "../deps";
import { limitsOf } from "../payments/new-payment";

/** Why a wish does not fit, with the field that a person has to mend. Both ends belong to what is taken. */
export type ChangeFault =
  | {
      field: "amount";
      because: "same_amount" | "beyond_limits" | "below_shares";
      least: number;
      most: Rupiah;
    }
  /** DOKU's call for a change takes an address or leaves the old one; none that takes it away is documented. */
  | { field: "email"; because: "kept_by_doku" };

/** undefined for a wish that may be asked of DOKU, or done here for a bill that waits here. */
export function faultOfWish(
  deps: Deps,
  { order, payment }: { order: OrderRow; payment: PaymentRow },
  wish: Wish,
): ChangeFault | undefined {
  if (wish.kind === "amount") return faultOfAmount(deps, payment, wish.amount);
  if (wish.kind !== "details" || payment.codeKind === "dipc") return undefined;
  // Left out of the call, DOKU would keep it while our record says that there is none (protocol part 4.4).
  return order.customerEmail && wish.details.email === ""
    ? { field: "email", because: "kept_by_doku" }
    : undefined;
}

function faultOfAmount(deps: Deps, payment: PaymentRow, amount: Rupiah): ChangeFault | undefined {
  const { min, max } = limitsOf(deps, getChannel(payment.channel));
  // DOKU keeps the shares that the code was made with; fixed ones may take no more than there is.
  const fixed = fixedShareOf(payment.terms.settlement ?? []);
  const fault = { field: "amount", least: Math.max(min, fixed), most: max } as const;
  if (amount < fixed) return { ...fault, because: "below_shares" };
  if (amount < min || amount > max) return { ...fault, because: "beyond_limits" };
  return amount === payment.amount ? { ...fault, because: "same_amount" } : undefined;
}
