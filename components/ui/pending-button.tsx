"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass, type ButtonLook } from "./button";

type Props = { children: ReactNode; pending: string; look?: ButtonLook; className?: string };

/** Submits its form once: while the answer is pending it says so and is inactive. Without JavaScript a plain button. */
export function PendingButton({ children, pending, look = "secondary", className = "w-full" }: Props) {
  const status = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={status.pending}
      onClick={(event) => status.pending && event.preventDefault()}
      className={buttonClass(look, className)}
    >
      {status.pending ? pending : children}
    </button>
  );
}
