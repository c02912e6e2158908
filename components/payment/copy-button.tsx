"use client";

import { useEffect, useState } from "react";
import { buttonClass, type ButtonLook } from "../ui/button";

type Props = {
  text: string;
  labels: { copy: string; copied: string; copyFailed: string };
  /** Announces a text to screen readers. */
  announce: (text: string) => void;
  look?: ButtonLook;
  className?: string;
};

export function CopyButton({ text, labels, announce, look = "primary", className = "" }: Props) {
  const [result, setResult] = useState<"copied" | "copyFailed">();
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(undefined), 4000);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy() {
    const outcome = (await copyText(text)) ? "copied" : "copyFailed";
    setResult(outcome);
    announce(labels[outcome]);
  }

  return (
    <>
      <button type="button" onClick={copy} className={buttonClass(look, `noscript:hidden ${className}`)}>
        {result === "copied" ? `✓ ${labels.copied}` : labels.copy}
      </button>
      {result === "copyFailed" && (
        <p className="mt-2 w-full text-sm text-danger wrap-anywhere">{labels.copyFailed}</p>
      )}
    </>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For in-app browsers and pages without TLS, which have no `navigator.clipboard`. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  const before = document.activeElement;
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- there is no other way left
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
