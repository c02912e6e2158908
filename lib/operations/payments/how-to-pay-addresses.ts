import type { PaymentRow } from "@/db/queries/orders";
import type { IssuedPayment } from "@/lib/channels/channel";
import { findHost } from "@/lib/parsing/hosts";
import { isAllowedPaymentUrl } from "@/lib/parsing/payment-url";
import type { Deps, OperationSettings } from "../deps";

type Addresses = Pick<PaymentRow, "howToPayPage" | "howToPayApi">;
type Named = Pick<IssuedPayment, "howToPayPage" | "howToPayApi">;

/**
 * The how-to-pay addresses of an answer, as they are stored: null where DOKU named none, or one at another host. An
 * address holds a secret, so only its host is logged (docs/doku-protocol.md#7-how-to-pay).
 */
export function toStoredAddresses(
  deps: Pick<Deps, "settings" | "log">,
  invoice: string,
  { howToPayPage, howToPayApi }: Named,
): Addresses {
  const accept = (what: "page" | "api", address: string | undefined): string | null => {
    if (address === undefined) return null;
    if (isAllowedPaymentUrl(address, deps.settings.howToPayDestinations)) return address;
    deps.log("warn", "how_to_pay_host_refused", { invoice, what, host: findHost(address) });
    return null;
  };
  return { howToPayPage: accept("page", howToPayPage), howToPayApi: accept("api", howToPayApi) };
}

type LinkSettings = { settings: Pick<OperationSettings, "howToPayDestinations"> };

/** DOKU's page about a code, for a link. A row of an earlier release may name any host. */
export const findHowToPayPage = (
  { settings }: LinkSettings,
  { howToPayPage }: Pick<PaymentRow, "howToPayPage">,
): string | undefined =>
  howToPayPage !== null && isAllowedPaymentUrl(howToPayPage, settings.howToPayDestinations)
    ? howToPayPage
    : undefined;
