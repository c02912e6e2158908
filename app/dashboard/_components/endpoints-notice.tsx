import type { Translator } from "@/components/translator";
import { Notice } from "@/components/ui/notice";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";
import { PageLink } from "./page-link";

type Props = { endpoints: readonly EndpointRow[]; t: Translator<"dashboard"> };

/** Endpoints that get nothing any more, which no person decided. */
export function EndpointsNotice({ endpoints, t }: Props) {
  if (endpoints.length === 0) return null;
  return (
    <Notice tone="attention" className="mb-5" title={t("webhooks.noticeTitle")}>
      <ul>
        {endpoints.map(({ id, url }) => (
          <li key={id}>
            <PageLink
              href={`/dashboard/webhooks/${id}`}
              className="inline-flex min-h-11 items-center underline underline-offset-4 wrap-anywhere"
            >
              {url}
            </PageLink>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
