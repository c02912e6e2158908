"use client";

import { useEffect, useEffectEvent } from "react";

const firstPauseMs = 1_000;
const maxPauseMs = 30_000;
/** A glance at another app keeps the stream; a phone in a pocket gives it back. */
const hiddenLimitMs = 60_000;

/**
 * Listens to the order's event stream, whose only word is "read again". The stream is a convenience: the page asks every
 * few seconds anyway, so whatever goes wrong here is met by silence and another try.
 */
export function useOrderEvents(url: string, enabled: boolean, onChange: () => void): void {
  const notify = useEffectEvent(onChange);
  useEffect(() => (enabled ? listen(url, () => notify()) : undefined), [url, enabled]);
}

function listen(url: string, onChange: () => void): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPauseMs;

  function open() {
    if (source) return;
    source = new EventSource(url);
    source.addEventListener("nudge", onChange);
    source.addEventListener("open", () => (pause = firstPauseMs));
    source.addEventListener("error", () => {
      close();
      // Spread out, so that a restarted server is not met by everybody at once.
      retry = setTimeout(open, pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, maxPauseMs);
    });
  }
  function close() {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  }
  function onVisibility() {
    clearTimeout(hide);
    if (document.visibilityState === "hidden") hide = setTimeout(close, hiddenLimitMs);
    else open();
  }

  open();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    clearTimeout(hide);
    close();
  };
}
