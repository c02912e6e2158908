"use client";

import { useSyncExternalStore } from "react";

/**
 * What came of the last form or link: the form was not sent, nothing usable came back, or the link was not opened. `path`
 * is of the page that it was on.
 */
export type RequestProblem = { kind: "unsent" | "unanswered" | "unopened"; path: string };

/** An error this long after a form was sent is its answer. */
const answerMs = 60_000;

let problem: RequestProblem | undefined;
let sentAt: number | undefined;
const listeners = new Set<() => void>();

function setProblem(next: RequestProblem | undefined): void {
  problem = next;
  for (const listener of listeners) listener();
}

export const showRequestProblem = (kind: RequestProblem["kind"]): void =>
  setProblem({ kind, path: location.pathname });

export const hideRequestProblem = (): void => setProblem(undefined);

/** @returns undefined as well after a form was sent again, or a person closed the notice */
export const useRequestProblem = (): RequestProblem | undefined =>
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
  hideRequestProblem();
}

/** Whether an error that the page has now is the answer to a form. */
export const isAwaitingAnswer = (): boolean => sentAt !== undefined && performance.now() - sentAt < answerMs;

/** The next error, without another form, is the page's own. */
export function forgetSent(): void {
  sentAt = undefined;
}
