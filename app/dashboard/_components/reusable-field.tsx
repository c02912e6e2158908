import { FieldError } from "./field-error";

type Props = { name: string; isOn: boolean; label: string; hint: string; error: string | undefined };

/** Whether a code can be paid more than once. Its id is its name. */
export const ReusableField = ({ name, isOn, label, hint, error }: Props) => (
  <div>
    <label className="flex min-h-11 items-start gap-3 py-2">
      <input
        type="checkbox"
        id={name}
        name={name}
        defaultChecked={isOn}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
        className="mt-0.5 size-5 shrink-0 accent-primary"
      />
      <span className="font-semibold">{label}</span>
    </label>
    <p id={`${name}-hint`} className="ml-8 text-sm text-muted">
      {hint}
    </p>
    <FieldError id={`${name}-error`}>{error}</FieldError>
  </div>
);
