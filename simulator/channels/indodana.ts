import type { Switches } from "../core/switches";
import type { OrderRequest, Parsed, PaylaterChannel } from "./channel";
import { parseFields } from "./fields";
import { lineItemsAddUp, PaylaterCreate, toOrderRequest } from "./paylater-fields";
import { paylaterMessages } from "./paylater-messages";

/** The enum of Indodana's page (protocol 6.1); `others` is its fallback. */
const categories = new Set([
  "airlines",
  "arts-crafts-and-collectibles",
  "automotive",
  "baby",
  "beauty-and-fragrances",
  "biller",
  "books-and-magazines",
  "business-to-business-including-mlm",
  "charity-and-non-profit",
  "clothing",
  "community",
  "digital-content",
  "electronics-and-telecom",
  "entertainment-and-media",
  "financial-services-and-products",
  "financial-services-and-technology",
  "food-and-beverage",
  "food-retail-and-service",
  "games-voucher",
  "gifts-and-flowers",
  "government",
  "health-and-personal-care",
  "home-and-garden",
  "hotel-and-travel",
  "insurance",
  "marketplace",
  "nonprofit",
  "offline-store",
  "others",
  "over-the-air",
  "overseas",
  "pets-and-animals",
  "property",
  "public-services",
  "religion-and-spirituality",
  "retail",
  "services",
  "sports-and-outdoors",
  "telco",
  "ticketing",
  "toys-and-hobbies",
  "transportation",
  "travel",
  "vehicle-sales",
  "vehicles-service-and-accessories",
]);

const STRICT_EMAIL_LIMIT = 16;

/** What is wrong beyond the form of the fields; undefined when nothing is. */
function findBrokenRule({ order, customer }: PaylaterCreate, switches: Switches): string | undefined {
  const unknown = order.line_items.findIndex((item) => !categories.has(item.category));
  if (unknown >= 0 && !switches.unknown_categories) return `order.line_items.${unknown}.category is invalid`;
  if (!lineItemsAddUp(order)) return "order.line_items do not add up to order.amount";
  if (switches.indodana_email_16 && customer.email.length > STRICT_EMAIL_LIMIT) {
    return "customer.email is too long";
  }
  return switches.indodana_phone_62 && !customer.phone.startsWith("62")
    ? "customer.phone is invalid"
    : undefined;
}

function parseCreate(body: unknown, switches: Switches): Parsed<OrderRequest> {
  const parsed = parseFields(PaylaterCreate, body, switches);
  if (parsed.outcome === "invalid") return parsed;
  const message = findBrokenRule(parsed.fields, switches);
  if (message !== undefined) return { outcome: "invalid", message };
  return { outcome: "valid", request: toOrderRequest(parsed.fields) };
}

/** Assumed, after Akulaku's (protocol 8.3). */
const wireIds = { service: "PEER_TO_PEER", acquirer: "INDODANA", channel: "PEER_TO_PEER_INDODANA" };
const identifiers: PaylaterChannel["identifiers"] = ({ invoice }) => [
  { name: "INDODANA_ORDER_ID", value: invoice },
];

/** Indodana (protocol 6). */
export const indodana: PaylaterChannel = {
  kind: "paylater_order",
  id: "indodana",
  name: "Indodana",
  wireIds,
  createPaths: [{ path: "/indodana-peer-to-peer/v2/generate-order" }],
  identifiers,
  parseCreate,
  ...paylaterMessages({ wireIds, identifiers }),
};
