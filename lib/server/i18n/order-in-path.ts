import "server-only";

/** Set by proxy.ts: whose order a page is about. Layouts and translations are not told the address. */
export const orderIdHeader = "x-order-id";

/** The order's id in the address of a page about it. */
export const findOrderIdIn = (pathname: string): string | undefined =>
  /^\/(?:checkout|pay)\/([^/]+)/.exec(pathname)?.[1];
