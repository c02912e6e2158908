"use client";

import { useSyncExternalStore } from "react";

/** Why the last form has no answer: it was not sent, or nothing usable came back. `path` is of the page that it was on. */
export type FormProblem = { kind: "offline" | "unanswered"; path: string };

/** An error this long after a form was sent is its answer. */
const answerMs = 60_000;

let problem: FormProblem | undefined;
let sentAt: number | undefined;
const listeners = new Set<() => void>();

function setProblem(next: FormProblem | undefined): void {
  problem = next;
  for (const listener of listeners) listener();
}

export const showFormProblem = (kind: FormProblem["kind"]): void =>
  setProblem({ kind, path: location.pathname });

export const hideFormProblem = (): void => setProblem(undefined);

/** @returns undefined as well after the form was sent again, or a person closed the notice */
export const useFormProblem = (): FormProblem | undefined =>
  useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    () => problem,
    () => undefined,
  );

/** A form of this page is on its way. */
export function noteSent(): void {
  sentAt = performance.now();
  hideFormProblem();
}

/** Whether an error that the page has now is the answer to a form. */
export const isAwaitingAnswer = (): boolean => sentAt !== undefined && performance.now() - sentAt < answerMs;

/** The next error, without another form, is the page's own. */
export function forgetSent(): void {
  sentAt = undefined;
}
