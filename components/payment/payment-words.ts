import type { Words } from "../words";

/** The words of the live part of the payment page. */
export type PaymentWords = Words<"payment.live">;

/** A way to pay as the page names it. */
export type ChannelName = { name: string; means: "code" | "link" };
