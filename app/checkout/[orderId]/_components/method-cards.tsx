import { useTranslations } from "next-intl";
import { ChoiceCard } from "@/components/ui/choice-card";
import type { MethodCard } from "./method-card";

type Props = {
  methods: MethodCard[];
  chosen: string | undefined;
  /** The channel that has just refused this order. */
  refused?: string | undefined;
  error: string | undefined;
};

export function MethodCards({ methods: given, chosen, refused, error }: Props) {
  const t = useTranslations("checkout");
  const methods = refused === undefined ? given : markRefused(given, refused, t("justRefused"));
  // After a refusal nothing is chosen, so that a second press does not create a code for another store.
  const preset = methods === given ? getPreset(methods, chosen) : undefined;
  return (
    <fieldset aria-describedby={error ? "channel-error" : undefined}>
      <legend className="mb-3 text-lg font-bold">{t("methods")}</legend>
      <div className="space-y-3">
        {methods.map((method, place) => (
          <Choice
            key={method.channel}
            method={method}
            place={place}
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

function getPreset(methods: MethodCard[], chosen: string | undefined): MethodCard | undefined {
  const fitting = methods.filter(({ ineligibility }) => ineligibility === undefined);
  return fitting.find(({ channel }) => channel === chosen) ?? fitting.find(({ slow }) => !slow) ?? fitting[0];
}

/** Disables the refused channel and says why. The only eligible channel stays: corrected fields may be accepted. */
function markRefused(methods: MethodCard[], refused: string, reason: string): MethodCard[] {
  const hasOther = methods.some(
    ({ channel, ineligibility }) => channel !== refused && ineligibility === undefined,
  );
  if (!hasOther) return methods;
  return methods.map((method) =>
    method.channel === refused ? { ...method, ineligibility: method.ineligibility ?? reason } : method,
  );
}

type ChoiceProps = { method: MethodCard; place: number; isPreset: boolean; isWrong: boolean };

/** A method that is not eligible is still shown, with the reason. */
const Choice = ({ method, place, isPreset, isWrong }: ChoiceProps) => (
  <ChoiceCard
    id={`channel-${method.channel}`}
    name="channel"
    value={method.channel}
    label={method.name}
    defaultChecked={isPreset}
    disabled={method.ineligibility !== undefined}
    data-place={place}
    data-means={method.means}
    data-asks={method.asks}
    data-wrong={isWrong}
  >
    {method.ineligibility === undefined ? (
      <>
        <p>{method.stores || method.hint}</p>
        <p>{method.lasts}</p>
        {method.slow && <p className="mt-1 font-semibold text-warning">{method.slow}</p>}
      </>
    ) : (
      // A limit is a fact, and nothing is wrong: no colour of danger.
      <p className="font-semibold text-ink">{method.ineligibility}</p>
    )}
  </ChoiceCard>
);
