"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { isFinal, type PaymentView } from "@/lib/payment/payment-view";
import { getKeptForMs, useKeptPage } from "./kept-page";
import { getStatusPauseMs } from "./status-pause";
import { fetchView, pickNewer, type TimedView } from "./timed-view";
import { watchChanges, type Watch } from "./watch-changes";

export type PaymentStatus = TimedView & {
  /** The last request failed; the page keeps trying. */
  isCutOff: boolean;
  refetch: () => void;
  /** Requests a status check at DOKU now. @throws when the server gives no usable answer */
  checkNow: () => Promise<PaymentView>;
};

/** A shopper who looks up another app finds the stream still open. */
const hiddenLimitMs = 60_000;

/**
 * The current view of a payment: first from the page itself, then fetched at once on an event of the stream, and by
 * timers behind it (docs/decisions/030-when-open-pages-ask.md). Errors do not stop it; only a final status does, because
 * an ended payment can still turn out paid.
 */
export function usePaymentStatus(initial: PaymentView): PaymentStatus {
  const [client] = useState(() => new QueryClient());
  // Needed for fetching again when the network returns.
  useEffect(() => {
    client.mount();
    return () => client.unmount();
  }, [client]);
  const address = `/api/orders/${initial.orderId}`;
  const queryKey = [address];
  const shown = () => client.getQueryData<TimedView>(queryKey);

  const query = useQuery(
    {
      queryKey,
      queryFn: async ({ signal }) => pickNewer(shown(), await fetchView(`${address}/status`, { signal })),
      initialData: () => ({ view: initial, receivedAt: performance.now() - getKeptForMs() }),
      retry: false,
      // A phone is often wrong about being offline, and a request costs nothing.
      networkMode: "always",
      refetchOnMount: ({ state }) => !state.data || !isFinal(state.data.view.status),
      refetchOnReconnect: "always",
      // `watchChanges` asks when the page is visible again.
      refetchOnWindowFocus: false,
    },
    client,
  );
  // A form action renders the page again, possibly with a newer view than the last fetched one.
  useEffect(() => {
    client.setQueryData<TimedView>([address], (known) =>
      known && known.view.version >= initial.version
        ? known
        : { view: initial, receivedAt: performance.now() },
    );
  }, [client, address, initial]);
  const refetch = () => void query.refetch();
  useStatusWatch(`${address}/events`, query.data, refetch);
  useKeptPage(query.data.view);

  async function checkNow(): Promise<PaymentView> {
    const answer = await fetchView(`${address}/check`, { method: "POST" });
    const reading = pickNewer(shown(), answer);
    client.setQueryData(queryKey, reading);
    return reading.view;
  }
  return { ...query.data, isCutOff: query.isRefetchError, refetch, checkNow };
}

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
    const started = watchChanges({
      ...{ url, hiddenLimitMs },
      onStale: () => onStale(),
      getPauseMs: (pace) => getPauseMs(pace),
    });
    watch.current = started;
    return () => {
      watch.current = undefined;
      started.stop();
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
