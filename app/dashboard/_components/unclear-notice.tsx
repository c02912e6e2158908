import type { Translator } from "@/components/translator";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type Props = { count: number; t: Translator<"dashboard"> };

/** Payments with an unknown outcome resolve by themselves, but staff can look them up in DOKU's Back Office sooner. */
export const UnclearNotice = ({ count, t }: Props) =>
  count === 0 ? null : (
    <Notice tone="attention" className="mb-5">
      <p>{t("orders.unclearCount", { count })}</p>
      <PageLink href="/dashboard?only=unclear" className={buttonClass("link")}>
        {t("orders.unclearShow")}
      </PageLink>
    </Notice>
  );
