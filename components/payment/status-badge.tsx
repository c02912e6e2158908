import { useTranslations } from "next-intl";
import type { ViewStatus } from "@/lib/payment/payment-view";
import { Badge, type Tone } from "../ui/badge";

const tones: Record<ViewStatus, Tone> = {
  unstarted: "neutral",
  preparing: "waiting",
  awaiting_payment: "waiting",
  time_up: "waiting",
  paid: "good",
  expired: "neutral",
  cancelled: "neutral",
  failed: "attention",
  refunded: "neutral",
};

export const StatusBadge = ({ status }: { status: ViewStatus }) => (
  <Badge tone={tones[status]}>{useTranslations("payment.live.badge")(status)}</Badge>
);
