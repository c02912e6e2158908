"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isFinal, type PaymentView, type ViewStatus } from "@/lib/payment/payment-view";
import { fetchView, pickNewer, type TimedView } from "./timed-view";
import { useOrderEvents } from "./use-order-events";

/**
 * A frozen process keeps its streams open and silent. The page must still show the current state within three seconds,
 * including the time a proxy needs to switch to another process.
 */
const activeIntervalMs = 2_000;
const idleIntervalMs = 20_000;

/** An ended payment can still turn out paid, so it is polled too, less often. */
const getIntervalMs = (status: ViewStatus): number | false => {
  if (isFinal(status)) return false;
  return status === "awaiting_payment" || status === "preparing" || status === "time_up"
    ? activeIntervalMs
    : idleIntervalMs;
};

export type PaymentStatus = TimedView & {
  /** The last request failed; the page keeps trying. */
  isCutOff: boolean;
  refetch: () => void;
  /** Requests a status check at DOKU now. @throws when the server gives no usable answer */
  checkNow: () => Promise<PaymentView>;
};

/**
 * The current view of a payment: first from the page itself, then polled while the page is visible, and fetched at
 * once on an event of the stream. Errors do not stop it; only a final status does.
 */
export function usePaymentStatus(initial: PaymentView): PaymentStatus {
  const [client] = useState(() => new QueryClient());
  // Needed for fetching again when the page becomes visible or the network returns.
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
      initialData: () => ({ view: initial, receivedAt: performance.now() }),
      retry: false,
      // A phone is often wrong about being offline, and a request costs nothing.
      networkMode: "always",
      refetchInterval: ({ state }) => (state.data ? getIntervalMs(state.data.view.status) : activeIntervalMs),
      refetchOnMount: ({ state }) => !state.data || !isFinal(state.data.view.status),
      refetchOnReconnect: "always",
      refetchOnWindowFocus: ({ state }) => (state.data && isFinal(state.data.view.status) ? false : "always"),
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
  useOrderEvents(`${address}/events`, !isFinal(query.data.view.status), refetch);

  async function checkNow(): Promise<PaymentView> {
    const answer = await fetchView(`${address}/check`, { method: "POST" });
    const reading = pickNewer(shown(), answer);
    client.setQueryData(queryKey, reading);
    return reading.view;
  }
  return { ...query.data, isCutOff: query.isRefetchError, refetch, checkNow };
}
