import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import type { ChangeStatus } from "@/db/schema";
import { formatAttribution } from "./format-attribution";
import type { SectionProps } from "./section-props";
import { GatewayError } from "./gateway-error";

const tones: Record<ChangeStatus, Tone> = {
  requested: "waiting",
  done: "good",
  refused: "attention",
  overtaken: "neutral",
};

/** The change requests of a code: what, by whom, and DOKU's answer. */
export const CodeChanges = ({ changes, staff, t }: SectionProps & Pick<MerchantOrder, "changes" | "staff">) =>
  changes.length > 0 && (
    <div className="mt-4">
      <h4 className="mb-2 text-sm text-muted">{t("order.changes")}</h4>
      <ul className="space-y-3">
        {changes.map((change) => (
          <li key={change.id}>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-semibold">{t(`changeKinds.${change.kind}`)}</span>
              <Badge tone={tones[change.status]}>{t(`changeStatus.${change.status}`)}</Badge>
              <span className="text-sm text-muted">
                <LocalTime iso={change.createdAt.toISOString()} form="exact" />
                {"\u00a0· "}
                {formatAttribution(change, { staff }, t)}
              </span>
            </p>
            <p className="digits text-sm text-muted wrap-anywhere">
              {change.requestPath === "" ? t("order.changedHere") : `PATCH ${change.requestPath}`}&nbsp;·{" "}
              {change.requestId}
            </p>
            {change.lastGatewayError && change.status !== "done" && (
              <GatewayError
                error={change.lastGatewayError}
                // The advice is about the requested values, which these two kinds do not have.
                advises={change.kind !== "cancel" && change.kind !== "extend"}
                t={t}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
