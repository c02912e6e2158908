import { Section } from "@/components/dashboard/section";
import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import type { CaseRow } from "@/db/dashboard-order";
import type { Shared } from "./page";

/** What a person has to decide, with what to do about it. */
export const Cases = ({ cases, locale, labels }: Shared & { cases: CaseRow[] }) => (
  <Section id="cases" title={labels.order.cases}>
    <ul className="divide-y divide-line">
      {cases.map(({ id, kind, openedAt, closedAt, note }) => (
        <li key={id} className="py-3 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={closedAt ? "neutral" : "attention"}>
              {labels.caseKinds[kind]}: {closedAt ? labels.order.caseClosed : labels.order.caseOpen}
            </Badge>
            <LocalTime
              iso={(closedAt ?? openedAt).toISOString()}
              locale={locale}
              form="short"
              className="text-sm text-muted"
            />
          </p>
          {closedAt ? (
            <p className="mt-1.5 whitespace-pre-line wrap-anywhere">
              <span className="text-muted">{labels.order.caseNote}:</span> {note}
            </p>
          ) : (
            <p className="mt-1.5 max-w-prose">{labels.order.caseAdvice[kind]}</p>
          )}
        </li>
      ))}
    </ul>
  </Section>
);
