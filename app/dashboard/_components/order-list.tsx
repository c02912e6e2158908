"use client";

import { OrderCards } from "./order-cards";
import { OrderTable } from "./order-table";
import type { ShownOrder } from "./to-shown-order";

/** What the table and the cards both show. */
export type OrderListProps = {
  orders: readonly ShownOrder[];
  texts: {
    title: string;
    columns: readonly { name: string; isRight: boolean }[];
    noInvoice: string;
    noName: string;
  };
};

/**
 * Each order twice, in a table for wide screens and on cards for narrow ones. A client component, because the page then
 * carries the texts of an order once, and not all that is drawn around them: it is half as long, and faster to make.
 */
export const OrderList = (props: OrderListProps) => (
  <>
    <OrderTable {...props} />
    <OrderCards {...props} />
  </>
);
