"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { requestTexts } from "./error-texts";
import { useFrame } from "./frame";
import { holdRequestsBack } from "./hold-requests-back";
import { hideRequestProblem, useRequestProblem } from "./request-problem";

/** Says why a form or link did nothing: there is no network, or no answer came. What is shown and typed stays. */
export function RequestNotice() {
  const texts = requestTexts[useFrame().locale];
  const problem = useRequestProblem();
  const path = usePathname();
  useEffect(holdRequestsBack, []);
  if (problem?.path !== path) return null;
  return (
    <div ref={makeRoom} className="fixed inset-x-0 bottom-0 z-10 mx-auto max-w-2xl p-3 print:hidden">
      <Notice
        key={problem.kind}
        role="alert"
        tone="attention"
        className="flex flex-wrap items-center justify-between gap-x-4 border-danger! shadow-lg"
      >
        <p className="min-w-0 flex-1 basis-48">{texts[problem.kind]}</p>
        <Button look="link" onClick={hideRequestProblem}>
          {texts.close}
        </Button>
      </Notice>
    </div>
  );
}

/** The button that was pressed must not lie below the notice. @returns a function that takes the room away again */
function makeRoom(notice: HTMLElement | null): (() => void) | undefined {
  if (!notice) return undefined;
  const { documentElement, body, activeElement } = document;
  const setRoom = (room: string) => {
    documentElement.style.scrollPaddingBottom = room;
    body.style.paddingBottom = room;
  };
  setRoom(`${notice.offsetHeight}px`);
  activeElement?.scrollIntoView({ block: "nearest" });
  return () => setRoom("");
}
