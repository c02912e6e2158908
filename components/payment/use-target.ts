import { useSyncExternalStore } from "react";

/** Whether the address of the page ends in `#id`. Opened by a link, so that it works without JavaScript and Back leaves it. */
export const useTarget = (id: string): boolean =>
  useSyncExternalStore(
    listen,
    () => location.hash === `#${id}`,
    () => false,
  );

function listen(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}
