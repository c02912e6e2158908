import { Inquiry } from "@/app/dashboard/_components/inquiry";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { Section } from "@/app/dashboard/_components/section";
import { buttonClass } from "@/components/ui/button";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import { toShownInquiry } from "@/app/dashboard/_components/to-shown-inquiry";
import type { SectionProps } from "./section-props";

/** Inquiries of tills about this order's bills; nothing when there were none. */
export const Inquiries = ({ found: { inquiries }, t }: SectionProps & { found: MerchantOrder }) =>
  inquiries.list.length === 0 ? null : (
    <Section id="inquiries" title={t("inquiries.title")}>
      <ul className="divide-y divide-line">
        {inquiries.list.map((row) => (
          <Inquiry key={row.id} inquiry={toShownInquiry(row)} t={t} />
        ))}
      </ul>
      {inquiries.areMore && (
        <p className="mt-4">
          <PageLink href="/dashboard/inquiries" className={buttonClass("link")}>
            {t("inquiries.more")}
          </PageLink>
        </p>
      )}
    </Section>
  );
