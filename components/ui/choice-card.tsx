import type { InputHTMLAttributes, ReactNode } from "react";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "id" | "name"> & {
  id: string;
  name: string;
  label: string;
  /** Details of the choice, or why it is disabled. */
  children?: ReactNode;
} & { [data: `data-${string}`]: string | boolean | undefined };

/** A radio button whose whole card is its label. A disabled one stays visible with its reason. */
export const ChoiceCard = ({ id, name, label, children, disabled = false, ...rest }: Props) => (
  <div
    className={
      "relative flex gap-3.5 rounded-2xl border px-4 py-3.5 has-focus-visible:outline-3 " +
      "has-focus-visible:outline-offset-2 has-focus-visible:outline-primary " +
      (disabled
        ? "border-dashed border-field"
        : "border-field bg-card has-checked:border-primary has-checked:bg-primary-soft has-checked:ring-1 has-checked:ring-primary")
    }
  >
    <input
      type="radio"
      id={id}
      name={name}
      disabled={disabled}
      aria-describedby={children ? `about-${id}` : undefined}
      className="mt-0.5 size-5 shrink-0 accent-primary outline-none"
      {...rest}
    />
    <div className="min-w-0">
      <label
        htmlFor={id}
        className={`block font-bold ${disabled ? "text-muted" : "cursor-pointer after:absolute after:inset-0"}`}
      >
        {label}
      </label>
      {children && (
        <div id={`about-${id}`} className="text-sm text-muted">
          {children}
        </div>
      )}
    </div>
  </div>
);
