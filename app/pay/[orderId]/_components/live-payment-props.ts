import type { ReactNode } from "react";
import type { ChannelName } from "@/components/payment/payment-words";
import type { PaymentView } from "@/lib/payment/payment-view";

/** What the server draws for the live part of the payment page. */
export type LivePaymentProps = {
  initial: PaymentView;
  merchantName: string;
  channels: Record<string, ChannelName>;
  /** Server-drawn, for every channel: another device may switch to another one while this page is open. */
  instructions: Record<string, ReactNode>;
  /** The lines bought, folded away while something is still to be done. */
  order: ReactNode;
  receiptLines: ReactNode;
  arrival?: { words: string; isDone: boolean } | undefined;
  till?: { label: string; url: string } | undefined;
  noscript: ReactNode;
};
