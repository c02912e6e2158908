import { useEffect, useRef, useSyncExternalStore } from "react";
import { parseColour } from "@/lib/appearance/colour";

type Props = {
  /** The id of the field that it writes into. */
  target: string;
  start: string | undefined;
  label: string;
};

const subscribeToNothing = () => () => undefined;
const firstColour = "#0c6b52";

/** The browser's own picker beside the field, which without JavaScript is typed into alone: a picker cannot be empty. */
export function ColourPicker({ target, start, label }: Props) {
  const isShown = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const field = document.getElementById(target);
    const follow = () => {
      const colour = field instanceof HTMLInputElement && parseColour(field.value);
      if (colour && picker.current) picker.current.value = colour;
    };
    field?.addEventListener("input", follow);
    return () => field?.removeEventListener("input", follow);
  }, [target]);
  return (
    isShown && (
      <input
        ref={picker}
        type="color"
        aria-label={label}
        defaultValue={parseColour(start ?? "") ?? firstColour}
        onInput={({ currentTarget }) => write(target, currentTarget.value)}
        className="mt-8 h-12 w-14 shrink-0 rounded-xl border border-field bg-card p-1.5"
      />
    )
  );
}

/** As if it had been typed, so that the form and the preview learn of it. */
function write(target: string, colour: string): void {
  const field = document.getElementById(target);
  if (!(field instanceof HTMLInputElement)) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, colour);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
