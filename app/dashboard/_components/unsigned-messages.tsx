import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import { Card } from "@/components/ui/card";
import type { UnsignedReason, UnsignedSample } from "@/db/queries/dashboard/unsigned";
import { RawMessage, StoredMessageDetails } from "./stored-message";
import { translateStored } from "./translate-stored";

type Props = { reasons: readonly UnsignedReason[]; t: Translator<"dashboard"> };

/**
 * What came in without a valid signature: numbers by reason, and a few samples for those who look for the cause. Anybody
 * can send such a message, so it asks for no attention.
 */
export function UnsignedMessages({ reasons, t }: Props) {
  if (reasons.length === 0) return null;
  return (
    <Card className="mt-5 p-4 sm:p-5">
      <h2 className="font-bold">{t("unsigned.title")}</h2>
      <p className="mt-1 max-w-prose text-muted">
        {t("unsigned.intro", { count: reasons.reduce((sum, { count }) => sum + count, 0) })}
      </p>
      <ul className="mt-3 divide-y divide-line">
        {reasons.map((reason) => (
          <Reason key={reason.reason} {...reason} t={t} />
        ))}
      </ul>
    </Card>
  );
}

function Reason({ reason, count, samples, t }: UnsignedReason & Pick<Props, "t">) {
  return (
    <li className="py-3">
      <p>
        <span className="font-semibold">{t("unsigned.count", { count })}</span> ·{" "}
        {translateStored(t, "reasons", reason)}
      </p>
      <RawMessage title={t("unsigned.show")}>
        {samples.map((sample) => (
          <Sample key={`${sample.network} ${sample.firstAt}`} {...{ sample, t }} />
        ))}
      </RawMessage>
    </li>
  );
}

function Sample({ sample, t }: { sample: UnsignedSample; t: Props["t"] }) {
  const { count, network, firstAt, lastAt, headers } = sample;
  return (
    <section>
      <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="digits min-w-0 wrap-anywhere">
          {network === "others" ? t("unsigned.others") : network}
        </span>
        <span>{t("unsigned.count", { count })}</span>
        <LocalTime iso={new Date(lastAt).toISOString()} form="exact" className="text-sm text-muted" />
      </p>
      <StoredMessageDetails
        message={{
          receivedAt: new Date(firstAt).toISOString(),
          headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
          body: undefined,
          digest: sample.bodyDigest,
        }}
        t={t}
        titles={{ indented: "", raw: "" }}
      />
    </section>
  );
}
