import { isContactTyped } from "@/db/queries/order-browsers";
import { findOrder } from "@/db/queries/orders";
import type { OrderRow } from "@/db/queries/orders";
import { findSession } from "@/db/queries/sessions";
import type { SessionRow } from "@/db/queries/sessions";
import type { Db } from "@/db/database";
import type { Address } from "@/lib/channels/channel";
import { maskName } from "@/lib/payment/masked-name";
import type { OrderId } from "@/lib/payment/order-id";

/** What a program of the merchant said of the customer. It stays on the server: the browser typed none of it. */
export type GivenDetails = {
  name?: string;
  phone?: string;
  email?: string;
  billing?: Address;
  /** Also given by a billing address alone, as for a payment that is started by the API. */
  shipping?: Address;
};

export type GivenPart = keyof GivenDetails;

/** The same for a page: which parts the form need not ask for, and whose order it is. */
export type GivenSummary = { parts: readonly GivenPart[]; maskedName: string | undefined };

/** undefined where nothing was given, and where a browser has typed data of its own since: they are not for others. */
export async function findGivenDetails(db: Db, orderId: OrderId): Promise<GivenDetails | undefined> {
  const [order, session] = await Promise.all([findOrder(db, orderId), findSession(db, orderId)]);
  return order && loadGivenDetails(db, { order, session });
}

export async function loadGivenDetails(
  db: Db,
  { order, session }: { order: OrderRow; session: SessionRow | undefined },
): Promise<GivenDetails | undefined> {
  if (!session) return undefined;
  const given = toGivenDetails(order);
  if (Object.keys(given).length === 0 || (await isContactTyped(db, order.id))) return undefined;
  return given;
}

export const toGivenSummary = (given: GivenDetails): GivenSummary => ({
  parts: Object.keys(given) as GivenPart[],
  maskedName: given.name === undefined ? undefined : maskName(given.name),
});

function toGivenDetails(order: OrderRow): GivenDetails {
  const { customerName, customerPhone, customerEmail, billing } = order;
  const shipping = order.shipping ?? billing;
  return {
    ...(customerName !== null && { name: customerName }),
    ...(customerPhone !== null && { phone: customerPhone }),
    ...(customerEmail !== null && { email: customerEmail }),
    ...(billing && { billing }),
    ...(shipping && { shipping }),
  };
}
