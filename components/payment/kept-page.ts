import { useLocale } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { isPayable, type PaymentView } from "@/lib/payment/payment-view";
import { whenIdle } from "./when-idle";

/** A code is of use a while after its deadline as well: the page then says that its time is up. */
const afterDeadlineMs = 24 * 3600_000;
const scope = "/pay/";

/**
 * Has the service worker keep the page while its code can be paid, so that it opens without a network
 * (docs/decisions/039-pages-without-a-network.md), and forget it with the order's end.
 */
export function useKeptPage(view: PaymentView): void {
  const { orderId, code, expiresAt, amount } = view;
  const path = `/pay/${orderId}`;
  const isKept = isPayable(view) && code !== undefined && expiresAt !== undefined;
  /** What the page shows that may change. */
  const shown = [useLocale(), code, expiresAt, amount].join(" ");
  const keepIt = useEffectEvent((shown: string) => {
    const until = Date.now() + (view.secondsLeft ?? 0) * 1000 + afterDeadlineMs;
    return keep({ path, until, shown });
  });
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    const update = () => {
      // A browser that refuses workers, or has no room left, shows the page as before.
      void (isKept ? keepIt(shown) : forget(path)).catch(() => undefined);
    };
    const callOff = whenIdle(update);
    // The network may have gone before the page was kept.
    window.addEventListener("online", update);
    return () => {
      callOff();
      window.removeEventListener("online", update);
    };
  }, [isKept, path, shown]);
}

async function keep(terms: { path: string; until: number; shown: string }): Promise<void> {
  const active = await whenActive(await navigator.serviceWorker.register("/pay-worker.js", { scope }));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's takes none
  active?.postMessage({ act: "keep", ...terms, assets: listLoaded() });
}

/**
 * Not `navigator.serviceWorker.ready`: it waits for a worker of the address that the document began with, and a shopper who
 * comes from the checkout has not left that document.
 */
async function whenActive(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return registration.active;
  await new Promise<void>((done) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated" || coming.state === "redundant") done();
    });
  });
  return registration.active;
}

async function forget(path: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's takes none
  registration?.active?.postMessage({ act: "forget", path });
}

/** What this page has loaded from its own server: scripts, styles, fonts, logo, the barcode. */
function listLoaded(): string[] {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  return [
    ...new Set(
      loaded
        .filter(({ origin }) => origin === location.origin)
        .map(({ pathname, search }) => pathname + search),
    ),
  ];
}

/** How old the page was when it was opened, in milliseconds: 0 unless it was kept. The clock is the same phone's. */
export function getKeptForMs(): number {
  if (typeof document === "undefined") return 0;
  const keptAt = document.querySelector<HTMLMetaElement>('meta[name="kept-at"]')?.content;
  return keptAt === undefined ? 0 : Math.max(0, Date.now() - Number(keptAt));
}
