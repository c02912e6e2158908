import type { Switches } from "../core/switches";
import type { OrderRequest, Parsed, PaylaterChannel } from "./channel";
import { parseFields } from "./fields";
import { lineItemsAddUp, PaylaterCreate, toOrderRequest } from "./paylater-fields";
import { paylaterMessages } from "./paylater-messages";

/** Assumed to be Indodana's fields, without its list of categories (protocol 6.4). */
function parseCreate(body: unknown, switches: Switches): Parsed<OrderRequest> {
  const parsed = parseFields(PaylaterCreate, body, switches);
  if (parsed.outcome === "invalid") return parsed;
  return lineItemsAddUp(parsed.fields.order)
    ? { outcome: "valid", request: toOrderRequest(parsed.fields) }
    : { outcome: "invalid", message: "order.line_items do not add up to order.amount" };
}

const wireIds = { service: "PEER_TO_PEER", acquirer: "AKULAKU", channel: "PEER_TO_PEER_AKULAKU" };
/** As in DOKU's sample of a notification: both hold the lender's own number (protocol 6.4). */
const identifiers: PaylaterChannel["identifiers"] = ({ invoice }) => [
  { name: "AKULAKU_UNIQUE_REFERENCE", value: `BRN-${invoice}` },
  { name: "ORDER_ID", value: `BRN-${invoice}` },
];

/** Akulaku (protocol 6.4). */
export const akulaku: PaylaterChannel = {
  kind: "paylater_order",
  id: "akulaku",
  name: "Akulaku",
  wireIds,
  createPaths: [{ path: "/akulaku-peer-to-peer/v2/generate-order" }],
  identifiers,
  parseCreate,
  ...paylaterMessages({ wireIds, identifiers }, ({ id }) => ({
    virtual_account_number: `29008${id.replaceAll(/\D/g, "").padEnd(11, "0").slice(0, 11)}`,
  })),
};
