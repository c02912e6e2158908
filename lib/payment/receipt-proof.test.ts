import { expect, test } from "vitest";
import { toReceiptProof } from "./receipt-proof";

const agent = [
  { name: "AGENT_TRX_ID", value: "1246" },
  { name: "AGENT_STORE_ID", value: "T8KB" },
  { name: "AGENT_ID", value: "ALFAMART" },
];

test("names the store and its transaction, in whatever order they came", () => {
  expect(toReceiptProof(agent)).toEqual({ store: "ALFAMART · T8KB", transaction: "1246" });
});

test("takes a lender's order for the transaction", () => {
  const lender = [{ name: "INDODANA_ORDER_ID", value: "I-77" }];
  expect(toReceiptProof(lender)).toEqual({ store: undefined, transaction: "I-77" });
});

test("leaves out what did not come", () => {
  expect(toReceiptProof([])).toEqual({ store: undefined, transaction: undefined });
  expect(toReceiptProof(agent.slice(2))).toEqual({ store: "ALFAMART", transaction: undefined });
});
