"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formTexts } from "./error-texts";
import { hideFormProblem, noteSent, showFormProblem, useFormProblem } from "./form-problem";
import { useFrame } from "./frame";

/**
 * Holds every form of the page back while there is no network, and says so: what is shown and typed stays, where the
 * browser or React would put an error in place of the page, and of the code on it.
 */
export function FormNotice() {
  const texts = formTexts[useFrame().locale];
  const problem = useFormProblem();
  const path = usePathname();
  useEffect(holdFormsBack, []);
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
        <Button look="link" onClick={hideFormProblem}>
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

/** @returns a function that ends it */
function holdFormsBack(): () => void {
  let isPassing = false;
  let isAsking = false;
  const onSubmit = async (event: SubmitEvent) => {
    const { target: form, submitter } = event;
    if (navigator.onLine || isPassing || !(form instanceof HTMLFormElement)) return noteSent();
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isAsking) return;
    isAsking = true;
    const isOffline = !(await isNetworkThere());
    isAsking = false;
    if (isOffline) return showFormProblem("offline");
    isPassing = true;
    form.requestSubmit(submitter);
    isPassing = false;
  };
  // Before React, which listens on the document.
  window.addEventListener("submit", onSubmit, true);
  window.addEventListener("online", hideFormProblem);
  return () => {
    window.removeEventListener("submit", onSubmit, true);
    window.removeEventListener("online", hideFormProblem);
  };
}

/** Browsers are sometimes wrong when they say that there is none, and a form must not wait for that. */
const isNetworkThere = (): Promise<boolean> =>
  fetch("/api/health", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
