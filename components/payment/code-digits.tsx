import { inGroups } from "./in-groups";

/** The payment code, in groups of four for eyes and screen readers, and without gaps when copied. */
export const CodeDigits = ({ code, label }: { code: string; label: string }) => (
  <div className="@container">
    <p className="text-muted">{label}</p>
    <p className="sr-only">{inGroups(code).join(", ")}</p>
    {/* The gaps are margins, so that copied digits have no blanks. */}
    <p aria-hidden="true" data-code={code} className="code-digits select-all">
      {inGroups(code).map((group, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- groups repeat, and never change places
        <span key={`${place}-${group}`} className="mr-[0.28em] inline-block last:mr-0">
          {group}
        </span>
      ))}
    </p>
  </div>
);
