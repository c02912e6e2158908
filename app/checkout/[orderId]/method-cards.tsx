import { ChoiceCard } from "@/components/ui/choice-card";

/** A way to pay in the shopper's words; `misfit` says why it cannot take this order. */
export type MethodCard = {
  channel: string;
  name: string;
  hint: string;
  stores: string;
  lasts: string;
  means: "code" | "link";
  asks: "name" | "addresses";
  misfit: string | undefined;
  /** That DOKU is slow to answer for it right now. */
  slow: string | undefined;
};

type Props = {
  methods: MethodCard[];
  chosen: string | undefined;
  /** The one that has just not taken this order. */
  refused?: string | undefined;
  error: string | undefined;
  labels: { methods: string; justRefused: string };
};

export function MethodCards({ methods: given, chosen, refused, error, labels }: Props) {
  const methods = refused === undefined ? given : withoutRefused(given, refused, labels.justRefused);
  // After a refusal the shopper chooses anew: pressing once more must not make a code for another store by surprise.
  const preset = methods === given ? presetOf(methods, chosen) : undefined;
  return (
    <fieldset aria-describedby={error ? "channel-error" : undefined}>
      <legend className="mb-3 text-lg font-bold">{labels.methods}</legend>
      <div className="space-y-3">
        {methods.map((method) => (
          <Choice
            key={method.channel}
            method={method}
            isPreset={method === preset}
            isWrong={Boolean(error)}
          />
        ))}
      </div>
      {error && (
        <p id="channel-error" className="mt-2 text-sm font-semibold text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function presetOf(methods: MethodCard[], chosen: string | undefined): MethodCard | undefined {
  const fitting = methods.filter(({ misfit }) => misfit === undefined);
  return fitting.find(({ channel }) => channel === chosen) ?? fitting.find(({ slow }) => !slow) ?? fitting[0];
}

/** Says on its card why it is no longer offered. What is alone in fitting stays: a correction may get it through. */
function withoutRefused(methods: MethodCard[], refused: string, reason: string): MethodCard[] {
  const hasOther = methods.some(({ channel, misfit }) => channel !== refused && misfit === undefined);
  if (!hasOther) return methods;
  return methods.map((method) =>
    method.channel === refused ? { ...method, misfit: method.misfit ?? reason } : method,
  );
}

type ChoiceProps = { method: MethodCard; isPreset: boolean; isWrong: boolean };

/** One that does not fit stays to be seen, with its reason: a method that vanished would leave people searching. */
const Choice = ({ method, isPreset, isWrong }: ChoiceProps) => (
  <ChoiceCard
    id={`channel-${method.channel}`}
    name="channel"
    value={method.channel}
    label={method.name}
    defaultChecked={isPreset}
    disabled={method.misfit !== undefined}
    data-means={method.means}
    data-asks={method.asks}
    data-wrong={isWrong}
  >
    {method.misfit === undefined ? (
      <>
        <p>{method.stores || method.hint}</p>
        <p>{method.lasts}</p>
        {method.slow && <p className="mt-1 font-semibold text-warning">{method.slow}</p>}
      </>
    ) : (
      <p className="font-semibold text-danger">{method.misfit}</p>
    )}
  </ChoiceCard>
);
