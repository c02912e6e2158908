import { useEffect, useState } from "react";
import { fillTyped, takeFields } from "@/components/after-update";
import { forgetSent, isAwaitingAnswer, showRequestProblem } from "./request-problem";

/**
 * Puts the page back when the error is that a form got no usable answer, as it was, with what was typed: a code must not
 * disappear because the network did. Once for each form that is sent; a page that fails again shows the error.
 * @returns whether it is about to do so
 */
export function useReturnToForm(isOtherwiseHandled: boolean, reset: () => void): boolean {
  const [isReturning] = useState(() => !isOtherwiseHandled && isAwaitingAnswer());
  useEffect(() => {
    if (!isReturning) return;
    forgetSent();
    showRequestProblem("unanswered");
    reset();
    // When the page is there again.
    requestAnimationFrame(refill);
  }, [isReturning, reset]);
  return isReturning;
}

function refill(): void {
  try {
    fillTyped(document, takeFields(sessionStorage, location.pathname, Date.now()));
  } catch {
    // A browser may forbid storage.
  }
}
