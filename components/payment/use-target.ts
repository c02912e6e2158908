import { useSyncExternalStore } from "react";

/** Whether the address of the page ends in `#id` now. */
export const isTarget = (id: string): boolean => location.hash === `#${id}`;

/** Whether the address of the page ends in `#id`. Opened by a link, so that it works without JavaScript and Back leaves it. */
export const useTarget = (id: string): boolean =>
  useSyncExternalStore(
    listen,
    () => isTarget(id),
    () => false,
  );

function listen(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}
