"use client";

import { useEffect, useEffectEvent } from "react";

const firstPauseMs = 1_000;
const maxPauseMs = 30_000;
/** A page hidden for longer closes its stream. */
const hiddenLimitMs = 60_000;

/**
 * Calls `onChange` when the order's event stream says that the order changed. The page polls every few seconds anyway,
 * so errors are ignored and the stream is opened again.
 */
export function useOrderEvents(url: string, enabled: boolean, onChange: () => void): void {
  const notify = useEffectEvent(onChange);
  useEffect(() => (enabled ? listen(url, () => notify()) : undefined), [url, enabled]);
}

/** @returns undefined in a browser that has no event streams, or blocks them: the page polls all the same */
export function openEventSource(url: string): EventSource | undefined {
  try {
    return new EventSource(url);
  } catch {
    return undefined;
  }
}

/** Opens the stream, and again after errors. @returns a function that closes it for good */
export function listen(url: string, onChange: () => void): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPauseMs;

  function open() {
    if (source) return;
    source = openEventSource(url);
    if (!source) return;
    source.addEventListener("changed", onChange);
    source.addEventListener("open", () => (pause = firstPauseMs));
    source.addEventListener("error", () => {
      close();
      // A random pause, so that not all pages reconnect at once after a restart of the server.
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
