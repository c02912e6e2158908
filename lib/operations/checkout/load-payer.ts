import { findOrderBrowser } from "@/db/queries/order-browsers";
import type { OrderRow } from "@/db/queries/orders";
import { maskName } from "@/lib/payment/masked-name";
import { toProofQuestion } from "@/lib/payment/order-proof";
import type { ProofQuestion } from "@/lib/payment/order-proof";
import type { Deps } from "../deps";
import { loadTillName } from "../payments/till-display";

/**
 * Who pays. `own`: for a browser that typed it or proved to know it. `starter`: for one that started a payment with what
 * the merchant's program had given; it may end the code and sees nothing personal. `link`: for everyone else who has the
 * link of the order. `tillName` is the name as a till shows it; undefined before a way to pay was chosen.
 */
export type Payer =
  | {
      seenBy: "own";
      contact: { name: string; email: string; phone: string } | undefined;
      tillName: string | undefined;
    }
  | { seenBy: "starter"; maskedTillName: string | undefined }
  | { seenBy: "link"; maskedTillName: string | undefined; asks: ProofQuestion | undefined };

/** @param browser who looks, as in `order_browsers`; undefined for a browser without a cookie */
export async function loadPayer(
  deps: Pick<Deps, "db"> & { settings: { merchantName: string } },
  found: Parameters<typeof loadTillName>[1],
  browser: string | undefined,
): Promise<Payer> {
  const { order } = found;
  const [known, tillName] = await Promise.all([
    browser === undefined ? undefined : findOrderBrowser(deps.db, { orderId: order.id, browser }),
    loadTillName(deps, found),
  ]);
  if (known?.seesContact) return { seenBy: "own", contact: toContact(order), tillName };
  const maskedTillName = tillName === undefined ? undefined : maskName(tillName);
  return known
    ? { seenBy: "starter", maskedTillName }
    : { seenBy: "link", maskedTillName, asks: toProofQuestion(order) };
}

const toContact = ({ customerName, customerEmail, customerPhone }: OrderRow) =>
  customerName === null
    ? undefined
    : { name: customerName, email: customerEmail ?? "", phone: customerPhone ?? "" };
