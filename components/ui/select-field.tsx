type Props = {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  defaultValue: string | undefined;
  className?: string;
};

/** A select with its label above. Its id is its name. */
export const SelectField = ({ name, label, options, defaultValue, className = "" }: Props) => (
  <div className={className}>
    <label htmlFor={name} className="mb-1.5 block font-semibold">
      {label}
    </label>
    <select
      id={name}
      name={name}
      // React resets a form after its action; the key makes the chosen option the default.
      key={defaultValue}
      defaultValue={defaultValue}
      className="block min-h-12 w-full rounded-xl border border-field bg-card px-3 text-base"
    >
      {options.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  </div>
);
