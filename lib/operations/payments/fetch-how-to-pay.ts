import { saveHowToPay, takeDueHowToPay } from "@/db/queries/how-to-pay";
import type { DueHowToPay } from "@/db/queries/how-to-pay";
import { isUnavailable } from "@/db/rows";
import { maxHowToPayTries } from "@/db/schema";
import { fetchHowToPay } from "@/lib/doku/how-to-pay";
import type { Deps } from "../deps";

type FetchDeps = Pick<Deps, "db" | "now" | "log" | "publishOrderChanged"> & {
  settings: Pick<Deps["settings"], "howToPayDestinations">;
};

/**
 * Fetches DOKU's own payment steps for codes that lack them, a few at once, and tells their open pages. The code is on
 * the page before; until the steps are there, and where DOKU gives none, the page has our own text
 * (docs/decisions/023-dokus-payment-steps.md). Any number of processes may run it.
 * @returns how many codes were due
 */
export async function fetchDueHowToPay(deps: FetchDeps, limit = 4): Promise<number> {
  const due = await takeDueHowToPay(deps.db, { now: deps.now(), limit });
  await Promise.all(due.map((payment) => fetchSafely(deps, payment)));
  return due.length;
}

/** One code that fails must not stop the others; it is due again. */
const fetchSafely = (deps: FetchDeps, payment: DueHowToPay): Promise<unknown> =>
  fetchForPayment(deps, payment).catch((error: unknown) =>
    deps.log(isUnavailable(error) ? "warn" : "error", "how_to_pay_failed", {
      invoice: payment.invoiceNumber,
      error,
    }),
  );

async function fetchForPayment(deps: FetchDeps, payment: DueHowToPay): Promise<void> {
  const { invoiceNumber: invoice, howToPayTries } = payment;
  const answer = await fetchHowToPay(payment.howToPayApi, { allowed: deps.settings.howToPayDestinations });
  switch (answer.outcome) {
    case "fetched":
      if (await saveHowToPay(deps.db, payment, { howToPay: answer.instructions }))
        deps.publishOrderChanged(payment.orderId);
      return;
    case "refused":
      // Another try would be refused too.
      await saveHowToPay(deps.db, payment, { howToPayTries: maxHowToPayTries });
      return deps.log("warn", "how_to_pay_refused", { invoice, because: answer.because });
    case "unavailable":
      if (howToPayTries >= maxHowToPayTries) deps.log("warn", "how_to_pay_unavailable", { invoice });
  }
}
