/** A way to pay in the shopper's words. */
export type MethodCard = {
  channel: string;
  name: string;
  hint: string;
  stores: string;
  lasts: string;
  means: "code" | "link";
  asks: "name" | "addresses";
  /** Why it cannot take this order. */
  ineligibility: string | undefined;
  /** That DOKU is slow to answer for it right now. */
  slow: string | undefined;
};
