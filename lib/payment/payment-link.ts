import type { Rupiah } from "./rupiah";

/** Whether a buyer is asked for something, and must answer. */
export const askings = ["no", "optional", "required"] as const;
export type Asking = (typeof askings)[number];

/** What a link asks for besides the name. */
export const askedDetails = ["phone", "address", "note"] as const;
export type AskedDetail = (typeof askedDetails)[number];
export type Asks = Record<AskedDetail, Asking>;

/** Characters of what a merchant writes, and of a buyer's note. */
export const linkTextLimits = { title: 80, description: 1000, thanks: 1000, note: 300 } as const;

/** How often a link can be paid; it is also a number that a person can read. */
export const mostStock = 1_000_000;

/** Either `amount`, or `minAmount` and `maxAmount` between which the buyer chooses. */
export type LinkPrice =
  | { amount: Rupiah; minAmount: null; maxAmount: null }
  | { amount: null; minAmount: Rupiah; maxAmount: Rupiah };

/** A parcel needs a phone number: the phone must be asked for at least as strictly as the address. */
export const lacksPhone = ({ phone, address }: Asks): boolean =>
  askings.indexOf(phone) < askings.indexOf(address);

/** Orders of a link, by whether they hold a piece of its stock. */
export type LinkCounts = {
  /** Paid, those that were refunded later included. */
  sold: number;
  /** Not paid, but a payment may still be started or a code be paid. */
  reserved: number;
};

export type LinkTerms = {
  /** How many orders may be paid; null for any number. */
  stock: number | null;
  endsAt: Date | null;
  switchedOffAt: Date | null;
};

/**
 * `reserved`: the last pieces are held by orders that are not paid, so that one may become free again. `sold_out`: none
 * will, unless the merchant raises the stock.
 */
export const linkStates = ["open", "switched_off", "ended", "sold_out", "reserved"] as const;
export type LinkState = (typeof linkStates)[number];
export type ClosedLinkState = Exclude<LinkState, "open">;

export function getLinkState(
  { stock, endsAt, switchedOffAt }: LinkTerms,
  { sold, reserved }: LinkCounts,
  now: Date,
): LinkState {
  if (switchedOffAt) return "switched_off";
  if (endsAt && endsAt <= now) return "ended";
  if (stock === null) return "open";
  if (sold >= stock) return "sold_out";
  return sold + reserved >= stock ? "reserved" : "open";
}

/** Pieces that a new order may take; undefined for any number. */
export const countLeft = ({ stock }: Pick<LinkTerms, "stock">, counts: LinkCounts): number | undefined =>
  stock === null ? undefined : Math.max(0, stock - counts.sold - counts.reserved);

/** Paid orders beyond the stock: money that came after its piece was given back still makes its order paid. */
export const countOversold = ({ stock }: Pick<LinkTerms, "stock">, { sold }: LinkCounts): number =>
  stock === null ? 0 : Math.max(0, sold - stock);

/** Whether an order of this amount is what the link asks for. */
export const fitsLinkPrice = (price: LinkPrice, amount: Rupiah): boolean =>
  price.amount === null ? amount >= price.minAmount && amount <= price.maxAmount : amount === price.amount;
