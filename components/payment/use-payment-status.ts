"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isFinal, type PaymentView, type ViewStatus } from "@/lib/payment/payment-view";
import { fetchReading, newerOf, type Reading } from "./payment-reading";
import { useNudges } from "./use-nudges";

/**
 * A process that is frozen keeps its streams open and silent. A page that listens to one must show the truth within three
 * seconds all the same, less what it takes a proxy to turn to another process. Milliseconds.
 */
const whileWaiting = 2_000;
const otherwise = 20_000;

/** An ended attempt can still turn out paid, so it is asked about too, only less often. */
const pauseAfter = (status: ViewStatus): number | false => {
  if (isFinal(status)) return false;
  return status === "awaiting_payment" || status === "preparing" || status === "time_up"
    ? whileWaiting
    : otherwise;
};

export type PaymentStatus = Reading & {
  /** The last request failed; the page keeps trying. */
  isCutOff: boolean;
  readAgain: () => void;
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
  const shown = () => client.getQueryData<Reading>(queryKey);

  const query = useQuery(
    {
      queryKey,
      queryFn: async ({ signal }) => newerOf(shown(), await fetchReading(`${address}/status`, { signal })),
      initialData: () => ({ view: initial, readAt: performance.now() }),
      retry: false,
      // A phone's idea of being offline is often wrong; asking costs nothing.
      networkMode: "always",
      refetchInterval: ({ state }) => (state.data ? pauseAfter(state.data.view.status) : whileWaiting),
      refetchOnMount: ({ state }) => !state.data || !isFinal(state.data.view.status),
      refetchOnReconnect: "always",
      refetchOnWindowFocus: ({ state }) => (state.data && isFinal(state.data.view.status) ? false : "always"),
    },
    client,
  );
  // A form's answer renders the page again, and may know more than was read before.
  useEffect(() => {
    client.setQueryData<Reading>([address], (known) =>
      known && known.view.version >= initial.version ? known : { view: initial, readAt: performance.now() },
    );
  }, [client, address, initial]);
  const readAgain = () => void query.refetch();
  useNudges(`${address}/events`, !isFinal(query.data.view.status), readAgain);

  async function checkNow(): Promise<PaymentView> {
    const answer = await fetchReading(`${address}/check`, { method: "POST" });
    const reading = newerOf(shown(), answer);
    client.setQueryData(queryKey, reading);
    return reading.view;
  }
  return { ...query.data, isCutOff: query.isRefetchError, readAgain, checkNow };
}
