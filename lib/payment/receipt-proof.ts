/** How a store names a payment: what a shopper shows where a payment is doubted. */
export type ReceiptProof = { store: string | undefined; transaction: string | undefined };

const storeNames = ["AGENT_ID", "AGENT_STORE_ID"];

/**
 * From the acquirer's identifiers of a payment (docs/doku-protocol.md#82-body-at-alfa): `AGENT_ID` and `AGENT_STORE_ID` name the
 * store, `AGENT_TRX_ID` or a lender's order id the transaction. Either may be missing.
 */
export function toReceiptProof(identifiers: readonly { name: string; value: string }[]): ReceiptProof {
  const find = (isIt: (name: string) => boolean) => identifiers.find(({ name }) => isIt(name))?.value;
  const store = storeNames.flatMap((wanted) => find((name) => name === wanted) ?? []).join(" · ");
  return {
    store: store === "" ? undefined : store,
    transaction: find((name) => name === "AGENT_TRX_ID") ?? find((name) => name.endsWith("_ORDER_ID")),
  };
}
