import type { ReactNode } from "react";
import type { ChannelName } from "@/components/payment/payment-translator";
import type { PaymentView } from "@/lib/payment/payment-view";
import type { ReturnAddresses } from "@/lib/payment/return-address";
import type { Proof } from "./prove-order";

/** How the page leads back to the shop. */
export type Returning = {
  addresses: ReturnAddresses;
  /** The shop of this installation; undefined where it has none. */
  ownShop: string | undefined;
  /** Until a paid page goes back by itself; 0 is never. */
  afterSeconds: number;
  /** The session ended: no other payment is started. */
  isSessionEnded: boolean;
};

/** What the server renders for the live part of the payment page. */
export type LivePaymentProps = {
  initial: PaymentView;
  merchantName: string;
  /** As DOKU has it and the till shows it. */
  tillMerchant: string;
  /** The full address of the page, as others open it. */
  address: string;
  /** As the till shows it, masked for those who have only the link; undefined where no till shows one. */
  tillName: string | undefined;
  /** The merchant shows codes as barcodes too. */
  hasBarcode: boolean;
  channels: Record<string, ChannelName>;
  /** Our own text, by channel, because another device may change the channel while this page is open. */
  instructions: Record<string, ReactNode>;
  /** The lines of the order, in a disclosure. */
  order: ReactNode;
  receiptLines: ReactNode;
  arrival?: { words: string; isDone: boolean } | undefined;
  /** The shopper wanted another method at the checkout while this payment existed. */
  wantsOther: boolean;
  /** For a browser that has only the link: what it must know before it may end the code. */
  proof?: Proof | undefined;
  /** What DOKU answered to "I have paid", where the browser posted the form itself. */
  checked: string | undefined;
  /** What became of the shopper's claim to have paid; nothing while there is none. */
  claim: ReactNode;
  /**
   * The seller's message to those who have paid, for an order of a payment link that has one. The text is there only once the
   * order is paid: until then the page does not get it.
   */
  thanks?: { text: string | undefined } | undefined;
  returning: Returning;
  till?: { label: string; url: string } | undefined;
  noscript: ReactNode;
};
