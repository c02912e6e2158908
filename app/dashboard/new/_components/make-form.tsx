"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef, useState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { make, type MakeState } from "../actions";
import { BillFields, CustomerFields } from "./bill-fields";
import type { Choice, KindChoice } from "./choices";
import { ChoiceFields } from "./choice-fields";
import { policyFields, valuesOf, type FieldName, type FormValues } from "./field-names";
import { Preview } from "./preview";
import { ShareFields } from "./share-fields";
import { PolicyFields, TextFields } from "./text-fields";

type Props = {
  choices: Choice[];
  /** What stands in the form at first, its key included. */
  given: FormValues;
  hasShares: boolean;
  merchantName: string;
};

export type FieldsProps = {
  values: FormValues;
  errors: Partial<Record<FieldName, string>>;
  choice: Choice;
  parts: KindChoice["parts"];
};

/** A plain form to the server; with JavaScript it shows beside itself what tills will show, and leads to what is wrong. */
export function MakeForm({ choices, given, hasShares, merchantName }: Props) {
  const t = useTranslations("dashboard.make");
  const [state, action] = useActionState(make, { status: "idle" });
  // The page is drawn again whenever an order changes; the form keeps the key that it began with.
  const [first] = useState(given);
  const values = state.status === "idle" ? first : state.values;
  const [typed, setTyped] = useState(values);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => leadTo(form.current, state), [state]);
  const { choice, parts } = chosenOf(choices, typed);
  const fields = { values, errors: state.status === "invalid" ? state.errors : {}, choice, parts };
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_21rem] lg:items-start xl:grid-cols-[minmax(0,1fr)_25rem] xl:gap-12">
      {/* Our own checks speak the language of the page and keep what was typed; the browser's do neither. */}
      <form
        ref={form}
        action={action}
        noValidate
        onChange={(event) => setTyped(followed(event.currentTarget, choices))}
        className="make min-w-0 space-y-8"
      >
        <input type="hidden" name="key" value={values.key ?? ""} readOnly />
        {state.status !== "idle" && (
          <div tabIndex={-1} data-notice className="rounded-xl">
            <Notice role="alert" tone={state.status === "away" ? "waiting" : "attention"}>
              {t(state.status)}
            </Notice>
          </div>
        )}
        <ChoiceFields {...fields} choices={choices} />
        <BillFields {...fields} />
        <CustomerFields {...fields} />
        <TextFields {...fields} />
        <div>
          {choices.some(({ kinds }) => kinds.some((kind) => kind.parts.insurance)) && (
            <Disclosure
              title={t("policy")}
              open={policyFields.some((name) => values[name])}
              className="hidden border-t when-insured:block"
            >
              <PolicyFields {...fields} />
            </Disclosure>
          )}
          {hasShares && (
            <Disclosure
              title={t("shares")}
              open={Object.entries(values).some(
                ([name, value]) => /^share(Account|Value)/.test(name) && value,
              )}
              className="-mt-px hidden border-t when-shared:block"
            >
              <ShareFields {...fields} />
            </Disclosure>
          )}
        </div>
        <PendingButton look="primary" pending={t("pending")} className="min-h-14 w-full sm:text-lg">
          {t("submit")}
        </PendingButton>
      </form>
      <Preview drafted={{ values: typed, choice, parts, merchantName }} />
    </div>
  );
}

/** The channel and kind that are chosen, or those that are offered first. */
function chosenOf(choices: Choice[], { channel, codeKind }: FormValues) {
  const choice = choices.find((each) => each.channel === channel) ?? choices[0];
  const kind = choice?.kinds.find((each) => each.kind === codeKind) ?? choice?.kinds[0];
  if (!choice || !kind) throw new Error("a form without a channel");
  return { choice, parts: kind.parts };
}

/** What stands in the form now. A kind of code that the channel just chosen has not got gives way to one that it has. */
function followed(form: HTMLFormElement, choices: Choice[]): FormValues {
  const values = valuesOf(new FormData(form));
  const kinds = choices.find(({ channel }) => channel === values.channel)?.kinds ?? [];
  const isThere = kinds.some(({ kind, why }) => kind === values.codeKind && why === undefined);
  const usual = kinds.find(({ why }) => why === undefined)?.kind;
  if (isThere || usual === undefined) return values;
  const button = form.querySelector<HTMLInputElement>(`[name=codeKind][value=${usual}]`);
  if (button) button.checked = true;
  return { ...values, codeKind: usual };
}

/** The first wrong field, else the sentence that says what happened. */
function leadTo(form: HTMLFormElement | null, { status }: MakeState) {
  if (!form || status === "idle") return;
  const wrong = [...form.querySelectorAll<HTMLElement>("[aria-invalid=true], [data-wrong=true]:enabled")];
  const place =
    wrong.find((field) => field.checkVisibility()) ?? form.querySelector<HTMLElement>("[data-notice]");
  place?.focus();
}
