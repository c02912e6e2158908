import { z } from "zod";
import type { Identifier } from "../core/state";
import type { Sandbox } from "../core/sandbox";
import type { Switches } from "../core/switches";
import type { CodeChannel, CodeRequest, Parsed } from "./channel";
import { storeFields, storeInfo, toCodeRequest } from "./code-fields";
import { codeMessages } from "./code-messages";
import { optionalText, parseFields } from "./fields";

/** Eight digits (protocol 13, row 6). */
const MAX_EXPIRY_MINUTES = 99_999_999;

const Receipt = z.object({ description: optionalText(128), footer_message: optionalText(128) });
/** No code of the merchant's own (protocol 5). */
const IndomaretCreate = storeFields(MAX_EXPIRY_MINUTES).extend({
  online_to_offline_info: storeInfo(MAX_EXPIRY_MINUTES).omit({ payment_code: true }),
  indomaret_info: z.object({ receipt: Receipt.optional() }).optional(),
});

function parseCreate(body: unknown, switches: Switches): Parsed<CodeRequest> {
  const parsed = parseFields(IndomaretCreate, body, switches);
  if (parsed.outcome === "invalid") return parsed;
  const { fields } = parsed;
  const receipt = fields.indomaret_info?.receipt;
  if (switches.indomaret_description_mandatory && !receipt?.description) {
    return { outcome: "invalid", message: "indomaret_info.receipt.description is mandatory" };
  }
  if (switches.indomaret_settlement_refused && fields.additional_info?.settlement) {
    return { outcome: "invalid", message: "additional_info.settlement is invalid" };
  }
  return { outcome: "valid", request: toCodeRequest(fields, receipt) };
}

const otherNames = new Map([
  ["AGENT_ID", "RETAIL_ID"],
  ["AGENT_STORE_ID", "RETAIL_STORE_CODE"],
  ["AGENT_TRX_ID", "RETAIL_RECEIPT_NUMBER"],
]);

/** Indomaret's own names are not known (protocol 8.3). */
function nameIdentifiers(sandbox: Sandbox, identifiers: Identifier[]): Identifier[] | undefined {
  const { indomaret_identifiers } = sandbox.state.switches;
  if (indomaret_identifiers === "none") return undefined;
  if (indomaret_identifiers === "agent") return identifiers;
  return identifiers.map(({ name, value }) => ({ name: otherNames.get(name) ?? name, value }));
}

const slug = "indomaret-online-to-offline";
/** Assumed (protocol 8.3). */
const wireIds = {
  service: "ONLINE_TO_OFFLINE",
  acquirer: "INDOMARET",
  channel: "ONLINE_TO_OFFLINE_INDOMARET",
};

/** Indomaret (protocol 5). */
export const indomaret: CodeChannel = {
  kind: "payment_code",
  id: "indomaret",
  name: "Indomaret",
  wireIds,
  slug,
  // Of the samples.
  bin: "7712",
  agentId: "INDOMARET",
  hasInquiry: false,
  createPaths: [{ path: `/${slug}/v2/payment-code` }],
  // Its page prints Request-Timestamp, which may be a slip (protocol 13, row 10).
  timestampHeader: (switches) => switches.indomaret_timestamp_header,
  howToPay: {
    ID: [
      "Datang ke gerai Indomaret terdekat",
      "Sebutkan kode pembayaran <b>{code}</b>",
      "Bayar sesuai jumlah tagihan",
      "Simpan struk",
    ],
    EN: [
      "Go to the nearest Indomaret store",
      "Show the payment code <b>{code}</b>",
      "Pay the exact amount",
      "Keep the receipt",
    ],
  },
  parseCreate,
  ...codeMessages({ slug, wireIds }, nameIdentifiers),
};
