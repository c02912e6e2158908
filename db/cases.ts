import type { CaseKind } from "../lib/payment/decide";
import type { OrderId } from "../lib/payment/order-id";
import type { Tx } from "./database";
import { cases } from "./schema";

/** Opens a case; one of a kind stays open per payment, however often the same thing happens. */
export async function openCase(
  tx: Tx,
  { newId, now }: { newId: () => string; now: () => Date },
  opened: { kind: CaseKind; orderId: OrderId; paymentId: string },
): Promise<void> {
  await tx
    .insert(cases)
    .values({ id: newId(), openedAt: now(), ...opened })
    .onConflictDoNothing();
}
