import { hideRequestProblem, noteSent, showRequestProblem, type RequestProblem } from "./request-problem";

type Held = {
  event: Event;
  kind: RequestProblem["kind"];
  /** Whether it needs no network. */
  isKept?: () => Promise<boolean>;
  again: () => void;
};

/**
 * Holds every form and link of the page back while there is no network, and says so: the browser or React would put an
 * error in place of the page, and of the code on it.
 * @returns a function that ends it
 */
export function holdRequestsBack(): () => void {
  let isPassing = false;
  let isAsking = false;
  const hold = async ({ event, kind, isKept, again }: Held) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isAsking) return;
    isAsking = true;
    const canPass = (await isKept?.()) || (await isNetworkThere());
    isAsking = false;
    if (!canPass) return showRequestProblem(kind);
    isPassing = true;
    again();
    isPassing = false;
  };
  const canPassNow = () => navigator.onLine || isPassing;
  const onSubmit = (event: SubmitEvent) => {
    const { target: form, submitter } = event;
    if (canPassNow() || !(form instanceof HTMLFormElement)) return noteSent();
    void hold({ event, kind: "unsent", again: () => form.requestSubmit(submitter) });
  };
  const onClick = (event: MouseEvent) => {
    const link = canPassNow() ? undefined : toOwnLink(event);
    if (link)
      void hold({ event, kind: "unopened", isKept: () => isKept(link.pathname), again: () => link.click() });
  };
  // Before React, which listens on the document.
  window.addEventListener("submit", onSubmit, true);
  window.addEventListener("click", onClick, true);
  window.addEventListener("online", hideRequestProblem);
  return () => {
    window.removeEventListener("submit", onSubmit, true);
    window.removeEventListener("click", onClick, true);
    window.removeEventListener("online", hideRequestProblem);
  };
}

/** @returns the link to a page of our own that a click opens in place of this one */
function toOwnLink({
  target,
  button,
  ctrlKey,
  metaKey,
  shiftKey,
}: MouseEvent): HTMLAnchorElement | undefined {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || button !== 0 || ctrlKey || metaKey || shiftKey) return undefined;
  const isElsewhere = link.origin !== location.origin || link.target === "_blank";
  const isOnThisPage =
    link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
  return isElsewhere || isOnThisPage || link.hasAttribute("download") ? undefined : link;
}

/** The service worker of payment pages (public/pay-worker.js) opens what this browser has kept, until its time is up. */
async function isKept(path: string): Promise<boolean> {
  if (!("caches" in window) || !(await caches.match(path))) return false;
  const terms = await caches.match("/pay/kept-terms", { cacheName: `payment-page:${path}` });
  return Date.now() < ((await terms?.json())?.until ?? 0);
}

/** Browsers are sometimes wrong when they say that there is none, and a form must not wait for that. */
const isNetworkThere = (): Promise<boolean> =>
  fetch("/api/health", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
