import { useProblemText } from "@/components/ui/problem-text";

/** What is wrong with a field or a group of them; nothing while nothing is wrong. */
export function FieldError({ id, children }: { id: string; children: string | undefined }) {
  const toText = useProblemText();
  return children === undefined ? null : (
    <p id={id} className="mt-2 flex gap-1.5 text-sm font-semibold text-danger">
      <span aria-hidden="true">!</span>
      {toText(children)}
    </p>
  );
}
