import { PageLink } from "@/components/dashboard/page-link";
import { fill } from "@/components/fill";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Messages } from "@/lib/server/i18n";

type Props = { count: number; labels: Messages["dashboard"]["orders"] };

/** Nothing is lost by waiting, but a person may know more than DOKU's interface tells: its Back Office has it. */
export const UnclearNotice = ({ count, labels }: Props) =>
  count === 0 ? null : (
    <Notice tone="attention" className="mb-5">
      <p>{fill(count === 1 ? labels.unclearOne : labels.unclearMany, { count })}</p>
      <PageLink href="/dashboard?only=unclear" className={buttonClass("link")}>
        {labels.unclearShow}
      </PageLink>
    </Notice>
  );
