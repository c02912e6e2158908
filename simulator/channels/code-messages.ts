import type { JsonObject } from "../core/json";
import type { Identifier, Payment, PaymentCode } from "../core/state";
import type { Sandbox } from "../core/sandbox";
import { utcSeconds } from "../core/wib-time";
import { createAnswerDates, overrideEcho, toTransaction, toWireIds, wibDates } from "./answer-parts";
import type { CodeChannel, NotificationFacts, WireIds } from "./channel";

type AgentPayment = { agentId: string; storeId: string; transactionId: string };

/** What a till says of a payment or an inquiry (protocol 8.2). */
export const agentIdentifiers = ({ agentId, storeId, transactionId }: AgentPayment): Identifier[] => [
  { name: "AGENT_ID", value: agentId },
  { name: "AGENT_STORE_ID", value: storeId },
  { name: "AGENT_TRX_ID", value: transactionId },
];

/** Addresses of the instructions for a code; the token is what grants the look (protocol 7). */
export function howToPayLinks(publicUrl: string, slug: string, { code, token }: PaymentCode) {
  return {
    how_to_pay_page: `${publicUrl}/how-to-pay/v2/${slug}/${code}/${token}`,
    how_to_pay_api: `${publicUrl}/${slug}/v2/how-to-pay-api/${code}/${token}`,
  };
}

/** DOKU asks a merchant about a code that the merchant keeps (protocol 4.5). */
export const inquiryContent = (
  ids: WireIds,
  asked: { code: string | number; date: Date; identifiers: Identifier[] },
): JsonObject => ({
  ...toWireIds(ids),
  online_to_offline_info: { payment_code: asked.code },
  online_to_offline_inquiry: { date: utcSeconds(asked.date), identifier: asked.identifiers },
});

/** The body of a notification about a code (protocol 8.2). */
export const codeNotification = (
  ids: WireIds | undefined,
  bill: { invoice: string; code: string },
  facts: NotificationFacts,
  identifierBlock: JsonObject = { identifier: facts.identifiers },
): JsonObject => ({
  ...(ids ? toWireIds(ids) : {}),
  transaction: toTransaction(facts),
  order: { invoice_number: bill.invoice, amount: facts.amount },
  online_to_offline_info: { payment_code: bill.code },
  ...(facts.identifiers.length > 0 ? { online_to_offline_payment: identifierBlock } : {}),
});

type Messages = Pick<CodeChannel, "createAnswer" | "statusParts" | "notificationContent">;
/** How a channel names its identifiers; undefined: it sends none. */
type NameIdentifiers = (sandbox: Sandbox, identifiers: Identifier[]) => Identifier[] | undefined;

/** The messages of a payment code, the same for every store. */
export function codeMessages(
  channel: Pick<CodeChannel, "slug" | "wireIds">,
  nameIdentifiers: NameIdentifiers = (_sandbox, identifiers) => identifiers,
): Messages {
  const identifierBlock = (sandbox: Sandbox, identifiers: Identifier[]): JsonObject => {
    const named = nameIdentifiers(sandbox, identifiers);
    // The spelling of the key differs within DOKU's own samples (protocol 8.4).
    const key = sandbox.state.switches.identifier_misspelt ? "identifer" : "identifier";
    return named ? { [key]: named } : {};
  };
  return {
    createAnswer: (sandbox, code) => ({
      order: { invoice_number: code.invoice },
      online_to_offline_info: {
        payment_code: code.code,
        ...createAnswerDates(sandbox, code),
        ...(sandbox.state.switches.how_to_pay_links
          ? howToPayLinks(sandbox.settings.publicUrl, channel.slug, code)
          : {}),
      },
      // Every create answer repeats the override but MGPC's (protocol 4.3).
      ...(code.feature === "MGPC" ? {} : overrideEcho(sandbox, code.overrideUrl)),
    }),
    statusParts: (sandbox, code, payment: Payment | undefined) => ({
      online_to_offline_info: {
        payment_code: code.code,
        ...wibDates(code),
        // A string in DOKU's own sample (protocol 9).
        reusable_status: String(code.reusable),
      },
      ...(payment ? { online_to_offline_payment: identifierBlock(sandbox, payment.identifiers) } : {}),
    }),
    notificationContent: (sandbox, code, facts) =>
      codeNotification(
        sandbox.state.switches.notification_ids ? channel.wireIds : undefined,
        code,
        facts,
        identifierBlock(sandbox, facts.identifiers),
      ),
  };
}
