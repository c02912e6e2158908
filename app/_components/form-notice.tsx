"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formTexts } from "./error-texts";
import { noteSent, showFormProblem, useFormProblem } from "./form-problem";
import { useFrame } from "./frame";

/**
 * Holds every form of the page back while there is no network, and says so: what is shown and typed stays, where the
 * browser or React would put an error in place of the page, and of the code on it.
 */
export function FormNotice() {
  const texts = formTexts[useFrame().locale];
  const problem = useFormProblem();
  useEffect(() => {
    const onSubmit = (event: SubmitEvent) => {
      if (navigator.onLine) return noteSent();
      event.preventDefault();
      event.stopImmediatePropagation();
      showFormProblem("offline");
    };
    const onOnline = () => showFormProblem(undefined);
    // Before React, which listens on the document.
    window.addEventListener("submit", onSubmit, true);
    window.addEventListener("online", onOnline);
    return () => {
      window.removeEventListener("submit", onSubmit, true);
      window.removeEventListener("online", onOnline);
    };
  }, []);
  return (
    problem && (
      <div className="fixed inset-x-0 bottom-0 z-10 mx-auto max-w-2xl p-3 print:hidden">
        <Notice
          key={problem}
          role="alert"
          tone="attention"
          className="flex flex-wrap items-center justify-between gap-x-4 border-danger! shadow-lg"
        >
          <p className="min-w-0 flex-1 basis-48">{texts[problem]}</p>
          <Button look="link" onClick={() => showFormProblem(undefined)}>
            {texts.close}
          </Button>
        </Notice>
      </div>
    )
  );
}
