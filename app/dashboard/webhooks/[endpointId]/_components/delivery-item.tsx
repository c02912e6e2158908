import { useTranslations } from "next-intl";
import { indentJson } from "@/app/dashboard/_components/indent-json";
import { RawMessage, WireText } from "@/app/dashboard/_components/stored-message";
import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { PendingButton } from "@/components/ui/pending-button";
import type { ShownDelivery } from "@/db/queries/webhooks/shown-deliveries";
import type { AttemptRow } from "@/db/queries/webhooks/deliveries";
import { resendDelivery } from "../../actions";

const tones: Record<ShownDelivery["status"], Tone> = {
  pending: "waiting",
  delivered: "good",
  failed: "attention",
};

/** One event for the endpoint: how it stands, and unfolded what was sent and answered. */
export function DeliveryItem({ delivery }: { delivery: ShownDelivery }) {
  const t = useTranslations("dashboard.webhooks");
  const { id, endpointId, eventId, type, status, at, attempts, dueAt, body } = delivery;
  const [last] = attempts;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="digits font-semibold wrap-anywhere">{type}</span>
            <Badge tone={tones[status]}>{t(`filters.${status}`)}</Badge>
          </p>
          <p className="text-sm text-muted">
            <LocalTime iso={at.toISOString()} form="exact" /> · {t("tries", { count: attempts.length })}
            {last && ` · ${describe(last, t)}`}
          </p>
          {status === "pending" && (
            <p className="text-sm text-muted">
              {t("nextTry")} <LocalTime iso={dueAt.toISOString()} form="exact" />
            </p>
          )}
        </div>
        <form action={resendDelivery}>
          <input type="hidden" name="id" value={endpointId} />
          <input type="hidden" name="delivery" value={id} />
          <PendingButton pending={t("pending")} className="">
            {t("resend")}
          </PendingButton>
        </form>
      </div>
      <RawMessage title={t("details")}>
        <p className="digits text-sm wrap-anywhere">webhook-id: {eventId}</p>
        <WireText title={t("sent")} text={indentJson(body) ?? body} />
        {attempts.map((attempt) => (
          <Attempt key={attempt.id} attempt={attempt} />
        ))}
      </RawMessage>
    </li>
  );
}

type Translate = ReturnType<typeof useTranslations<"dashboard.webhooks">>;

const describe = ({ httpStatus, failure }: AttemptRow, t: Translate): string =>
  httpStatus === null ? toFailure(failure, t) : t("answered", { status: httpStatus });

const failures = ["unreachable", "timeout", "cut_off", "too_large", "unreadable", "private_network"] as const;

function toFailure(failure: string | null, t: Translate): string {
  const known = failures.find((one) => one === failure);
  return known ? t(`failures.${known}`) : (failure ?? "");
}

function Attempt({ attempt }: { attempt: AttemptRow }) {
  const t = useTranslations("dashboard.webhooks");
  return (
    <div>
      <p className="text-sm">
        <LocalTime iso={attempt.at.toISOString()} form="exact" /> · {describe(attempt, t)} ·{" "}
        {t("took", { ms: attempt.durationMs })}
      </p>
      {attempt.answer !== "" && <WireText title={t("answer")} text={attempt.answer} />}
    </div>
  );
}
