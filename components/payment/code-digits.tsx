import { inGroups } from "./in-groups";

/** The digits for the counter, in groups of four to the eye and to the ear, and without gaps to the clipboard. */
export const CodeDigits = ({ code, label }: { code: string; label: string }) => (
  <div className="@container">
    <p className="text-muted">{label}</p>
    <p className="sr-only">{inGroups(code).join(", ")}</p>
    {/* Together for the clipboard, apart for the eye: the gaps are margins. */}
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
