import { useTranslations } from "next-intl";
import { Section } from "@/app/dashboard/_components/section";
import { PendingButton } from "@/components/ui/pending-button";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { switchLink } from "../../actions";

/** Closes the page to orders, or opens it again. */
export function LinkSwitch({ link }: { link: PaymentLinkRow }) {
  const t = useTranslations("dashboard.links");
  const isOn = link.switchedOffAt === null;
  return (
    <Section id="switch" title={t("switch")}>
      <p className="mb-3 text-sm text-muted">{t(isOn ? "switchOffMore" : "switchOnMore")}</p>
      <form action={switchLink}>
        <input type="hidden" name="linkId" value={link.id} />
        <input type="hidden" name="switch" value={isOn ? "off" : "on"} />
        <PendingButton pending={t("form.pending")}>{t(isOn ? "switchOff" : "switchOn")}</PendingButton>
      </form>
    </Section>
  );
}
