import type { InputHTMLAttributes } from "react";
import { useProblemText } from "./problem-text";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "id"> & {
  name: string;
  label: string;
  hint?: string | undefined;
  /** What is wrong and how to correct it; screen readers read it with the field. */
  error?: string | undefined;
  /** A word such as "optional" beside the label. */
  note?: string | undefined;
  noteClassName?: string;
};

/** A one-line text input with its label above. Its id is its name, so an error can link to it without JavaScript. */
export function Field({
  name,
  label,
  hint,
  error,
  note,
  noteClassName = "",
  className = "",
  ...rest
}: Props) {
  const toText = useProblemText();
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return (
    <div className={className}>
      <label htmlFor={name} className="mb-1.5 flex flex-wrap items-baseline gap-x-2 font-semibold">
        {label}
        {note && <span className={`text-sm font-normal text-muted ${noteClassName}`}>{note}</span>}
      </label>
      <input
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={
          "block min-h-12 w-full rounded-xl border bg-card px-3.5 text-base placeholder:text-muted " +
          (error ? "border-2 border-danger" : "border-field")
        }
        {...rest}
      />
      {hint && (
        <p id={`${name}-hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="mt-1.5 flex gap-1.5 text-sm font-semibold text-danger">
          <span aria-hidden="true">!</span>
          {toText(error)}
        </p>
      )}
    </div>
  );
}
