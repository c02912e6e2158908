import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";

type Props = { endpoint: Pick<EndpointRow, "disabledBecause" | "failingSince"> };

/** Whether an endpoint gets events, and whether its last answer was one that counts. */
export function EndpointState({ endpoint: { disabledBecause, failingSince } }: Props) {
  const t = useTranslations("dashboard.webhooks");
  if (disabledBecause === "merchant") return <Badge tone="neutral">{t("off")}</Badge>;
  if (disabledBecause !== null) return <Badge tone="attention">{t(`switchedOff.${disabledBecause}`)}</Badge>;
  return failingSince === null ? (
    <Badge tone="good">{t("on")}</Badge>
  ) : (
    <Badge tone="waiting">{t("failing")}</Badge>
  );
}
