import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import { Card } from "@/components/ui/card";
import type { UnsignedSample, UnsignedSummary } from "@/db/queries/dashboard/unsigned";
import { RawMessage, StoredMessageDetails } from "./stored-message";
import { translateStored } from "./translate-stored";

type Props = UnsignedSummary & { t: Translator<"dashboard"> };

/**
 * What came in without a valid signature: a number, and a few samples for those who look for the reason. Anybody can send
 * such a message, so it asks nobody for attention.
 */
export function UnsignedMessages({ count, networks, samples, t }: Props) {
  if (count === 0) return null;
  return (
    <Card className="mt-5 p-4 sm:p-5">
      <h2 className="font-bold">{t("unsigned.title")}</h2>
      <p className="mt-1 max-w-prose text-muted">{t("unsigned.intro", { count, networks })}</p>
      <RawMessage title={t("unsigned.show")}>
        <ul className="divide-y divide-line">
          {samples.map((sample) => (
            <Sample
              key={[sample.hour.toISOString(), sample.reason, sample.network].join(" ")}
              {...{ sample, t }}
            />
          ))}
        </ul>
      </RawMessage>
    </Card>
  );
}

function Sample({ sample, t }: { sample: UnsignedSample; t: Props["t"] }) {
  const { count, network, firstAt, lastAt, headers } = sample;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">{t("unsigned.count", { count })}</span>
        <span className="digits min-w-0 wrap-anywhere">
          {network === "others" ? t("unsigned.others") : network}
        </span>
        <LocalTime iso={lastAt.toISOString()} form="exact" className="text-sm text-muted" />
      </p>
      <p className="mt-1.5">{translateStored(t, "reasons", sample.reason)}</p>
      <RawMessage title={t("unsigned.first")}>
        <StoredMessageDetails
          message={{
            receivedAt: firstAt.toISOString(),
            headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
            body: undefined,
            digest: sample.bodyDigest,
          }}
          t={t}
          titles={{ indented: "", raw: "" }}
        />
      </RawMessage>
    </li>
  );
}
