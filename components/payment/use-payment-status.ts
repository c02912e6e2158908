"use client";

import { startTransition, useEffect, useEffectEvent, useRef, useState } from "react";
import { isFinal, type PaymentView } from "@/lib/payment/payment-view";
import { askInTurn } from "./ask-in-turn";
import { getKeptForMs, useKeptPage } from "./kept-page";
import { getStatusPauseMs } from "./status-pause";
import { fetchView, pickNewer, toShown, type TimedView } from "./timed-view";
import { watchChanges, type Watch } from "./watch-changes";
import { whenIdle } from "./when-idle";

export type PaymentStatus = TimedView & {
  /** The last request failed; the page keeps trying. */
  isCutOff: boolean;
  refetch: () => void;
  /** Requests a status check at DOKU now. @throws when the server gives no usable answer */
  checkNow: () => Promise<PaymentView>;
};

/**
 * What this browser knows of each order that it has shown. A page that is drawn again after an error, or on the way back,
 * has the view that it was first sent with, as if it were of now.
 */
const newest = new Map<string, TimedView>();

/** A shopper who looks up another app finds the stream still open. */
const hiddenLimitMs = 60_000;

/**
 * The current view of a payment: first from the page itself, then fetched at once on an event of the stream, and by
 * timers behind it (docs/decisions/030-when-open-pages-ask.md). Errors do not stop it; only a final status does, because
 * an ended payment can still turn out paid.
 */
export function usePaymentStatus(initial: PaymentView): PaymentStatus {
  const { orderId } = initial;
  const address = `/api/orders/${orderId}`;
  const [shown, setShown] = useState(() => toFirstView(initial));
  const [rendered, setRendered] = useState(initial);
  // A form action renders the page again, possibly with a newer view than the one shown.
  if (rendered !== initial) {
    setRendered(initial);
    setShown(pickNewer(toTimedView(initial), shown));
  }
  useEffect(() => void newest.set(orderId, shown), [orderId, shown]);
  const [isCutOff, setIsCutOff] = useState(false);
  const take = (answer: TimedView) => {
    const show = () => setShown((before) => toShown(before, answer));
    newest.set(orderId, pickNewer(newest.get(orderId) ?? answer, answer));
    // What the page shows already is drawn in small steps, between which it answers a finger. News is not: React holds a
    // transition back while a form waits for its answer, and DOKU may take ten seconds for that.
    if (isNews(answer.view, initial)) show();
    else startTransition(show);
  };
  const cutOff = () => {
    setIsCutOff(true);
    // The page says now how old the last answer is, which may have said what was shown already.
    setShown((before) => pickNewer(before, newest.get(orderId) ?? before));
  };

  const [refetch] = useState(() =>
    askInTurn(() =>
      fetchView(`${address}/status`).then((answer) => {
        take(answer);
        setIsCutOff(false);
      }, cutOff),
    ),
  );
  useEffect(() => {
    // A kept page is old, and says at once when it finds no network. For every other, the stream asks when it begins.
    if (getKeptForMs() > 0) refetch();
    window.addEventListener("online", refetch);
    return () => window.removeEventListener("online", refetch);
  }, [refetch]);
  useStatusWatch(`${address}/events`, shown, refetch);
  useKeptPage(shown.view);

  async function checkNow(): Promise<PaymentView> {
    const answer = await fetchView(`${address}/check`, { method: "POST" });
    take(answer);
    return pickNewer(shown, answer).view;
  }
  return { ...shown, isCutOff, refetch, checkNow };
}

const isNews = (answer: PaymentView, rendered: PaymentView): boolean =>
  answer.version !== rendered.version || answer.status !== rendered.status;

function toFirstView(initial: PaymentView): TimedView {
  const first = toTimedView(initial, getKeptForMs());
  return pickNewer(first, newest.get(initial.orderId) ?? first);
}

/** @param ageMs how long ago the page was rendered */
const toTimedView = (view: PaymentView, ageMs = 0): TimedView => ({
  view,
  receivedAt: performance.now() - ageMs,
});

/** Calls `refetch` when the view may be out of date, until it is final. */
function useStatusWatch(url: string, shown: TimedView, refetch: () => void): void {
  const { version, status } = shown.view;
  const isWatched = !isFinal(status);
  const watch = useRef<Watch>(undefined);
  const onStale = useEffectEvent(refetch);
  const getPauseMs = useEffectEvent((pace: { isLive: boolean; asked: number }) =>
    getStatusPauseMs(shown, { ...pace, now: performance.now() }),
  );
  useEffect(() => {
    if (!isWatched) return undefined;
    // A task of its own: React's for taking the page over is long enough on a slow phone.
    const callOff = whenIdle(() => {
      watch.current = watchChanges({
        ...{ url, hiddenLimitMs },
        onStale: () => onStale(),
        getPauseMs: (pace) => getPauseMs(pace),
      });
    });
    return () => {
      callOff();
      watch.current?.stop();
      watch.current = undefined;
    };
  }, [url, isWatched]);
  const news = `${version} ${status}`;
  const lastNews = useRef(news);
  useEffect(() => {
    if (lastNews.current === news) return;
    lastNews.current = news;
    watch.current?.restart();
  });
}
