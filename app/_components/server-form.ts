"use client";

import { getInputProps, getTextareaProps } from "@conform-to/react";
import type { FieldMetadata } from "@conform-to/react";
import { startTransition, useEffect } from "react";
import type { FormEvent } from "react";

/**
 * The `onSubmit` of `useForm`. React resets a form after its `action`, and Conform forgets what was typed at a reset; so
 * with JavaScript the action is called from here. Without JavaScript the browser posts the form to its `action`.
 */
export const submitTo =
  (action: (form: FormData) => void) =>
  (event: FormEvent<HTMLFormElement>, { formData }: { formData: FormData }): void => {
    event.preventDefault();
    startTransition(() => action(formData));
  };

/**
 * After an answer with errors, focuses the first wrong field that is visible, else the notice that says what happened.
 * Conform itself focuses neither a notice nor, among radio buttons, the first that is enabled.
 */
export function useErrorFocus(
  { id, allErrors }: { id: string; allErrors: Record<string, string[]> },
  result: unknown,
): void {
  useEffect(() => {
    const form = document.getElementById(id);
    // Runs for each `result`, because the same errors may come again.
    if (!form || !result || Object.keys(allErrors).length === 0) return;
    const wrong = [...form.querySelectorAll<HTMLElement>("[aria-invalid=true], [data-wrong=true]:enabled")];
    const target =
      wrong.find((field) => field.checkVisibility()) ?? form.querySelector<HTMLElement>("[data-notice]");
    target?.focus();
  }, [id, allErrors, result]);
}

/** Props for `Field`, which derives its ids from the name and links the error to the input itself. */
export function getFieldProps(
  field: FieldMetadata<string | undefined>,
  type: "text" | "email" | "tel" | "password" = "text",
) {
  const { id: _id, key: _key, ...props } = getInputProps(field, { type, ariaAttributes: false });
  return { ...props, error: field.errors?.[0] };
}

/** The same for `TextArea`. */
export function getAreaProps(field: FieldMetadata<string | undefined>) {
  const { id: _id, key: _key, ...props } = getTextareaProps(field, { ariaAttributes: false });
  return { ...props, error: field.errors?.[0] };
}
