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
        <p id="channel-error" className="mt-2 text-sm font-semibold text-brick">
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
const Choice = ({ method, isPreset, isWrong }: ChoiceProps) => {
  const doesFit = method.misfit === undefined;
  return (
    <div
      className={
        "relative flex gap-3.5 rounded-2xl border px-4 py-3.5 has-focus-visible:outline-3 " +
        "has-focus-visible:outline-offset-2 has-focus-visible:outline-leaf " +
        (doesFit
          ? "border-field bg-card has-checked:border-leaf has-checked:bg-leaf-soft has-checked:ring-1 has-checked:ring-leaf"
          : "border-dashed border-field")
      }
    >
      <input
        type="radio"
        id={`channel-${method.channel}`}
        name="channel"
        value={method.channel}
        defaultChecked={isPreset}
        disabled={!doesFit}
        data-means={method.means}
        data-asks={method.asks}
        data-wrong={isWrong}
        aria-describedby={`about-${method.channel}`}
        className="mt-0.5 size-5 shrink-0 accent-leaf outline-none"
      />
      <div className="min-w-0">
        {/* The whole card is the label's. */}
        <label
          htmlFor={`channel-${method.channel}`}
          className={`block font-bold ${doesFit ? "cursor-pointer after:absolute after:inset-0" : "text-muted"}`}
        >
          {method.name}
        </label>
        <p id={`about-${method.channel}`} className="text-sm text-muted">
          {method.misfit === undefined ? (
            <>
              <span className="block">{method.stores || method.hint}</span>
              <span className="block">{method.lasts}</span>
              {method.slow && <span className="mt-1 block font-semibold text-amber">{method.slow}</span>}
            </>
          ) : (
            <span className="block font-semibold text-brick">{method.misfit}</span>
          )}
        </p>
      </div>
    </div>
  );
};
