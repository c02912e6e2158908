import { OrderId } from "../payment/order-id";

/** A session is one order; its id in the API is the order's with a prefix. */
export const toSessionId = (orderId: OrderId): string => `cs_${orderId}`;

/** undefined for anything that is no session's id. */
export const parseSessionId = (id: string): OrderId | undefined =>
  id.startsWith("cs_") ? OrderId.safeParse(id.slice(3)).data : undefined;

export const toPaymentId = (id: string): string => `pay_${id}`;

/** @returns the payment's UUID; undefined for anything that is no payment's id */
export const parsePaymentId = (id: string): string | undefined => parseUuid("pay_", id);

const parseUuid = (prefix: string, id: string): string | undefined =>
  id.startsWith(prefix) && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id.slice(prefix.length))
    ? id.slice(prefix.length)
    : undefined;

export const toBillId = (id: string): string => `bill_${id}`;

/** @returns the payment's UUID; undefined for anything that is no bill's id */
export const parseBillId = (id: string): string | undefined => parseUuid("bill_", id);

export const toTopUpCodeId = (id: string): string => `tuc_${id}`;

/** @returns the payment's UUID; undefined for anything that is no top-up code's id */
export const parseTopUpCodeId = (id: string): string | undefined => parseUuid("tuc_", id);

export const toPaymentLinkId = (id: string): string => `pl_${id}`;

/** @returns the link's UUID; undefined for anything that is no payment link's id */
export const parsePaymentLinkId = (id: string): string | undefined => parseUuid("pl_", id);

export const toCaseId = (id: string): string => `case_${id}`;

export const toDeliveryId = (id: string): string => `whd_${id}`;

/** @returns the delivery's UUID; undefined for anything that is no delivery's id */
export const parseDeliveryId = (id: string): string | undefined => parseUuid("whd_", id);
