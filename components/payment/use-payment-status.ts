"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isFinal, type PaymentView, type ViewStatus } from "@/lib/payment/payment-view";
import { fetchView, pickNewer, type TimedView } from "./timed-view";
import { useOrderEvents } from "./use-order-events";

/**
 * A process that is frozen keeps its streams open and silent. A page that listens to one must show the truth within three
 * seconds all the same, less what it takes a proxy to turn to another process. Milliseconds.
 */
const activeIntervalMs = 2_000;
const idleIntervalMs = 20_000;

/** An ended attempt can still turn out paid, so it is asked about too, only less often. */
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
  /** Has the server ask DOKU now. @throws when no answer came */
  checkNow: () => Promise<PaymentView>;
};

/**
 * What the server knows of the payment: first from the page itself, then by asking while the page is seen, and at once
 * when the event stream says so. Errors end nothing; only a final state does.
 */
export function usePaymentStatus(initial: PaymentView): PaymentStatus {
  const [client] = useState(() => new QueryClient());
  // Without it nothing is read again when the page is seen, or the network is there, again.
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
      // A phone's idea of being offline is often wrong; asking costs nothing.
      networkMode: "always",
      refetchInterval: ({ state }) => (state.data ? getIntervalMs(state.data.view.status) : activeIntervalMs),
      refetchOnMount: ({ state }) => !state.data || !isFinal(state.data.view.status),
      refetchOnReconnect: "always",
      refetchOnWindowFocus: ({ state }) => (state.data && isFinal(state.data.view.status) ? false : "always"),
    },
    client,
  );
  // A form's answer renders the page again, and may know more than was read before.
  useEffect(() => {
    client.setQueryData<TimedView>([address], (known) =>
      known && known.view.version >= initial.version ? known : { view: initial, receivedAt: performance.now() },
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
