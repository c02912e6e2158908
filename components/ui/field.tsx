import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from "react";
import { useProblemText } from "./problem-text";

type Words = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** What is wrong and how to correct it; screen readers read it with the field. */
  error?: string | undefined;
  /** A word such as "optional" beside the label. */
  note?: string | undefined;
  noteClassName?: string;
};

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "name"> & Words;

/** A one-line text input with its label above. Its id is its name, so an error can link to it without JavaScript. */
export function Field({ className = "", ...props }: Props) {
  const [words, rest] = takeWords(props);
  return (
    <FieldFrame {...words} className={className}>
      <input {...getControlProps(words)} className={`min-h-12 ${toControlClass(words)}`} {...rest} />
    </FieldFrame>
  );
}

type AreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id" | "name"> & Words;

/** The same for a text of several lines. */
export function TextArea({ className = "", ...props }: AreaProps) {
  const [words, rest] = takeWords(props);
  return (
    <FieldFrame {...words} className={className}>
      <textarea
        rows={3}
        {...getControlProps(words)}
        className={`py-2.5 ${toControlClass(words)}`}
        {...rest}
      />
    </FieldFrame>
  );
}

function takeWords<T extends Words>(props: T): [Words, Omit<T, keyof Words>] {
  const { name, label, hint, error, note, noteClassName, ...rest } = props;
  return [{ name, label, hint, error, note, ...(noteClassName !== undefined && { noteClassName }) }, rest];
}

const getControlProps = ({ name, hint, error }: Words) => ({
  id: name,
  name,
  "aria-invalid": error ? true : undefined,
  "aria-describedby":
    [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ") || undefined,
});

const toControlClass = ({ error }: Words): string =>
  "block w-full rounded-xl border bg-card px-3.5 text-base placeholder:text-muted " +
  (error ? "border-2 border-danger" : "border-field");

function FieldFrame({
  name,
  label,
  hint,
  error,
  note,
  noteClassName = "",
  className,
  children,
}: Words & { className: string; children: ReactNode }) {
  const toText = useProblemText();
  return (
    <div className={className}>
      <label htmlFor={name} className="mb-1.5 flex flex-wrap items-baseline gap-x-2 font-semibold">
        {label}
        {note && <span className={`text-sm font-normal text-muted ${noteClassName}`}>{note}</span>}
      </label>
      {children}
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
