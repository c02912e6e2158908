"use client";

import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { decodeProblem } from "@/app/dashboard/_components/form-problems";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { ProblemText } from "@/components/ui/problem-text";
import { createCode } from "../actions";
import type { FormProblem } from "../actions";
import { BillFields, CustomerFields } from "./bill-fields";
import type { Choice } from "./choices";
import { ChoiceFields } from "./choice-fields";
import { getShareFields, policyFields, shareLines } from "./field-names";
import type { FormValues } from "./field-names";
import { Preview } from "./preview";
import { ShareFields } from "./share-fields";
import { PolicyFields, TextFields } from "./text-fields";

type Props = {
  choices: Choice[];
  /** What stands in the form at first, its key included. */
  defaultValue: FormValues;
  hasShares: boolean;
  merchantName: string;
};

/** Works without JavaScript; with it, the form previews the till's texts and focuses the first wrong field. */
export function NewCodeForm({ choices, defaultValue, hasShares, merchantName }: Props) {
  const t = useTranslations("dashboard.make");
  const [errors, locale] = [useTranslations("dashboard.make.errors"), useLocale()];
  const [state, action] = useActionState(createCode, {});
  // The page refreshes whenever an order changes; Conform keeps the first key as the default value.
  const [form, fields] = useForm<FormValues>({
    lastResult: state.result,
    defaultValue,
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, state.result);
  const values = form.value ?? {};
  const { choice, parts } = getChosen(choices, values);
  const shared = { fields, choice, parts };
  // What was sent last, or stood in the form at first.
  const sent: Record<string, unknown> = state.result?.initialValue ?? defaultValue;
  const sentShares = shareLines.filter((line) => {
    const { account, value } = getShareFields(line);
    return sent[account] || sent[value];
  });
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_21rem] lg:items-start xl:grid-cols-[minmax(0,1fr)_25rem] xl:gap-12">
      {/* No validation by the browser: its messages may be in another language than the page. */}
      <form
        {...getFormProps(form, { ariaAttributes: false })}
        action={action}
        onChange={(event) => chooseAvailableKind(event.currentTarget, choices)}
        className="make min-w-0 space-y-8"
      >
        <input {...getInputProps(fields.key, { type: "hidden" })} />
        {form.errors && (
          <div tabIndex={-1} data-notice className="rounded-xl">
            <Notice role="alert" tone={state.isTemporary ? "waiting" : "attention"}>
              {t(form.errors[0] as FormProblem)}
            </Notice>
          </div>
        )}
        <ProblemText value={(problem) => decodeProblem(problem, errors, locale)}>
          <ChoiceFields {...shared} choices={choices} />
          <BillFields {...shared} />
          <CustomerFields {...shared} />
          <TextFields {...shared} />
          <div>
            {choices.some(({ kinds }) => kinds.some((kind) => kind.parts.insurance)) && (
              <Disclosure
                title={t("policy")}
                open={policyFields.some((name) => Boolean(sent[name]))}
                className="hidden border-t when-insured:block"
              >
                <PolicyFields {...shared} />
              </Disclosure>
            )}
            {hasShares && (
              <Disclosure
                title={t("shares")}
                open={sentShares.length > 0}
                className="-mt-px hidden border-t when-shared:block"
              >
                <ShareFields {...shared} lastSent={sentShares.at(-1) ?? 0} />
              </Disclosure>
            )}
          </div>
        </ProblemText>
        <PendingButton look="primary" pending={t("pending")} className="min-h-14 w-full sm:text-lg">
          {t("submit")}
        </PendingButton>
      </form>
      <Preview input={{ values, choice, parts, merchantName }} />
    </div>
  );
}

/** The channel and kind that are chosen, or those that are offered first. */
function getChosen(choices: Choice[], { channel, codeKind }: FormValues) {
  const choice = choices.find((each) => each.channel === channel) ?? choices[0];
  const kind =
    choice?.kinds.find((each) => each.kind === codeKind) ??
    choice?.kinds.find(({ why }) => why === undefined) ??
    choice?.kinds[0];
  if (!choice || !kind) throw new Error("a form without a channel");
  return { choice, parts: kind.parts };
}

/** Replaces the chosen kind of code when the channel that was just chosen does not offer it. */
function chooseAvailableKind(form: HTMLFormElement, choices: Choice[]): void {
  const chosen = new FormData(form);
  const kinds = choices.find(({ channel }) => channel === chosen.get("channel"))?.kinds ?? [];
  const available = kinds.filter(({ why }) => why === undefined).map(({ kind }) => kind);
  if (available.some((kind) => kind === chosen.get("codeKind"))) return;
  const button = form.querySelector<HTMLInputElement>(`[name=codeKind][value=${available[0]}]`);
  if (button) button.checked = true;
}
