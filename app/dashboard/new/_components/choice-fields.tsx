import { useTranslations } from "next-intl";
import { ChoiceCard } from "@/components/ui/choice-card";
import type { Choice } from "./choices";
import type { FieldsProps } from "./make-form";

/** Where it is paid, and who makes the digits. What is switched off stays to be seen, and says how to switch it on. */
export function ChoiceFields({ choices, choice, values, errors }: FieldsProps & { choices: Choice[] }) {
  const t = useTranslations("dashboard.make");
  return (
    <>
      <fieldset aria-describedby={errors.channel ? "channel-error" : undefined}>
        <legend className="mb-3 text-lg font-bold">{t("channel")}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {choices.map((each) => (
            <ChoiceCard
              key={each.channel}
              id={`channel-${each.channel}`}
              name="channel"
              value={each.channel}
              label={each.name}
              disabled={each.why !== undefined}
              defaultChecked={each.channel === values.channel}
              data-wrong={errors.channel !== undefined}
              data-insured={String(each.kinds.some(({ parts }) => parts.insurance))}
              data-described={String(each.kinds.some(({ parts }) => parts.receiptDescription))}
              data-footer={each.kinds[0]?.parts.footer.join(" ")}
              data-shared={String(each.kinds.some(({ parts }) => parts.shares))}
            >
              {each.why === undefined ? each.stores && <p>{each.stores}</p> : <Why>{each.why}</Why>}
            </ChoiceCard>
          ))}
        </div>
        <Wrong id="channel-error">{errors.channel}</Wrong>
      </fieldset>
      <fieldset aria-describedby={errors.codeKind ? "codeKind-error" : undefined}>
        <legend className="mb-3 text-lg font-bold">{t("codeKind")}</legend>
        <div className="grid gap-3">
          {choice.kinds.map(({ kind, why }) => (
            <ChoiceCard
              key={kind}
              id={`kind-${kind}`}
              name="codeKind"
              value={kind}
              label={t(`kinds.${kind}`)}
              disabled={why !== undefined}
              defaultChecked={kind === values.codeKind}
              data-wrong={errors.codeKind !== undefined}
            >
              <p>{t(`kindsMore.${kind}`)}</p>
              {why !== undefined && <Why>{why}</Why>}
            </ChoiceCard>
          ))}
        </div>
        <Wrong id="codeKind-error">{errors.codeKind}</Wrong>
      </fieldset>
    </>
  );
}

const Why = ({ children }: { children: string }) => (
  <p className="mt-0.5 font-semibold wrap-anywhere text-ink">{children}</p>
);

/** Nothing while nothing is wrong. */
export const Wrong = ({ id, children }: { id: string; children: string | undefined }) =>
  children === undefined ? null : (
    <p id={id} className="mt-2 flex gap-1.5 text-sm font-semibold text-danger">
      <span aria-hidden="true">!</span>
      {children}
    </p>
  );
