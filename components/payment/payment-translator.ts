import type { Translator } from "../translator";

/** Translates the texts of the live part of the payment page. */
export type PaymentTranslator = Translator<"payment.live">;

/** A channel as the page names it. */
export type ChannelName = { name: string; means: "code" | "link" };
