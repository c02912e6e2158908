import type { Translator } from "@/components/translator";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { BoundedCount } from "@/db/queries/dashboard/bounded-count";
import { toPlus } from "./format-count";

type Props = { unclear: BoundedCount; t: Translator<"dashboard"> };

/** Payments with an unknown outcome resolve by themselves, but staff can look them up in DOKU's Back Office sooner. */
export const UnclearNotice = ({ unclear, t }: Props) =>
  unclear.count === 0 ? null : (
    <Notice tone="attention" className="mb-5">
      <p>{t("orders.unclearCount", { count: unclear.count, more: toPlus(unclear) })}</p>
      <PageLink href="/dashboard?only=unclear" className={buttonClass("link")}>
        {t("orders.unclearShow")}
      </PageLink>
    </Notice>
  );
