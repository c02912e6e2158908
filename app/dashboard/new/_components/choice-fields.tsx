import { useTranslations } from "next-intl";
import { FieldError } from "@/app/dashboard/_components/field-error";
import { ChoiceCard } from "@/components/ui/choice-card";
import type { Choice } from "./choices";
import type { FieldsProps } from "./new-code-fieldset";

/** Where the code is paid, and who makes it. Disabled choices say how to switch them on. */
export function ChoiceFields({ choices, choice, fields }: FieldsProps & { choices: Choice[] }) {
  const t = useTranslations("dashboard.make");
  const { channel, codeKind } = fields;
  return (
    <>
      <fieldset aria-describedby={channel.errors && "channel-error"}>
        <legend className="mb-3 text-lg font-bold">{t("channel")}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {choices.map((each) => (
            <ChoiceCard
              key={each.channel}
              id={`channel-${each.channel}`}
              name={channel.name}
              value={each.channel}
              label={each.name}
              disabled={each.why !== undefined}
              defaultChecked={each.channel === channel.initialValue}
              data-wrong={channel.errors !== undefined}
              data-insured={String(each.kinds.some(({ parts }) => parts.insurance))}
              data-described={String(each.kinds.some(({ parts }) => parts.receiptDescription))}
              data-footer={each.kinds[0]?.parts.footer.join(" ")}
              data-shared={String(each.kinds.some(({ parts }) => parts.shares))}
            >
              {each.why === undefined ? each.stores && <p>{each.stores}</p> : <Reason>{each.why}</Reason>}
            </ChoiceCard>
          ))}
        </div>
        <FieldError id="channel-error">{channel.errors?.[0]}</FieldError>
      </fieldset>
      <fieldset aria-describedby={codeKind.errors && "codeKind-error"}>
        <legend className="mb-3 text-lg font-bold">{t("codeKind")}</legend>
        <div className="grid gap-3">
          {choice.kinds.map(({ kind, why }) => (
            <ChoiceCard
              key={kind}
              id={`kind-${kind}`}
              name={codeKind.name}
              value={kind}
              label={t(`kinds.${kind}`)}
              disabled={why !== undefined}
              defaultChecked={kind === codeKind.initialValue}
              data-wrong={codeKind.errors !== undefined}
            >
              <p>{t(`kindsMore.${kind}`)}</p>
              {why !== undefined && <Reason>{why}</Reason>}
            </ChoiceCard>
          ))}
        </div>
        <FieldError id="codeKind-error">{codeKind.errors?.[0]}</FieldError>
      </fieldset>
    </>
  );
}

const Reason = ({ children }: { children: string }) => (
  <p className="mt-0.5 font-semibold wrap-anywhere text-ink">{children}</p>
);
