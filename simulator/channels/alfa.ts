import { z } from "zod";
import type { Switches } from "../core/switches";
import type { CodeChange, CodeChannel, CodeRequest, Parsed } from "./channel";
import { ReusableStatus, StoreAmount, StoreCustomer, storeFields, toCodeRequest } from "./code-fields";
import { codeMessages } from "./code-messages";
import { InvoiceNumber, optionalText, parseFields } from "./fields";

/** Five digits (protocol 13, row 6). */
const MAX_EXPIRY_MINUTES = 99_999;

export const AlfaReceipt = z.object({ receipt: z.object({ footer_message: optionalText(120) }).optional() });
const AlfaCreate = storeFields(MAX_EXPIRY_MINUTES).extend({ alfa_info: AlfaReceipt.optional() });

function parseCreate(body: unknown, switches: Switches): Parsed<CodeRequest> {
  const parsed = parseFields(AlfaCreate, body, switches);
  if (parsed.outcome === "invalid") return parsed;
  return { outcome: "valid", request: toCodeRequest(parsed.fields, parsed.fields.alfa_info?.receipt) };
}

/** Protocol 4.4. */
const AlfaChange = z.object({
  order: z.object({ invoice_number: InvoiceNumber.optional(), amount: StoreAmount.optional() }).optional(),
  online_to_offline_info: z.object({
    payment_code: z.string().regex(/^\d+$/).max(25),
    status: z.enum(["ACTIVE", "DELETE"]),
    expired_time: z.number().int().min(1).max(MAX_EXPIRY_MINUTES).optional(),
    reusable_status: ReusableStatus.optional(),
    info: optionalText(32),
  }),
  customer: StoreCustomer,
});

function parseChange(body: unknown): Parsed<CodeChange> {
  const parsed = parseFields(AlfaChange, body);
  if (parsed.outcome === "invalid") return parsed;
  const { order, online_to_offline_info: info, customer } = parsed.fields;
  const request: CodeChange = {
    invoice: order?.invoice_number,
    code: info.payment_code,
    status: info.status,
    amount: order?.amount,
    expiresInMinutes: info.expired_time,
    reusable: info.reusable_status,
    info: info.info,
    customerName: customer.name,
    customerEmail: customer.email,
  };
  return { outcome: "valid", request };
}

const slug = "alfa-online-to-offline";
/** Protocol 8.2. */
const wireIds = { service: "ONLINE_TO_OFFLINE", acquirer: "ALFA", channel: "ONLINE_TO_OFFLINE_ALFA" };

const changesAtPaymentCode = ({ patch_paths }: Switches) => patch_paths !== "merchant_payment_code";

/** Alfa Group (protocol 4). */
export const alfa: CodeChannel = {
  kind: "payment_code",
  id: "alfa",
  name: "Alfamart",
  wireIds,
  slug,
  // Of the samples.
  bin: "6059",
  agentId: "ALFAMART",
  hasInquiry: true,
  createPaths: [
    { path: `/${slug}/v2/payment-code`, takesChanges: changesAtPaymentCode },
    // The current Alfa page prints this path; DOKU's own code generator calls it wrong (protocol 13, row 1).
    {
      path: "/alfa-virtual-account/v2/payment-code",
      isServed: (switches) => switches.alfa_alias_path,
      takesChanges: changesAtPaymentCode,
      warning: "alfa-virtual-account is the path that DOKU's page gets wrong",
    },
    // Demands the merchant's own code, which the first path may carry too (protocol 4.3).
    {
      path: `/${slug}/v2/merchant-payment-code`,
      isServed: (switches) => switches.mgpc_path,
      takesChanges: ({ patch_paths }) => patch_paths !== "payment_code",
      demandsMerchantCode: true,
    },
  ],
  howToPay: {
    ID: [
      "Datang ke gerai Alfa Group terdekat",
      "Sampaikan kepada kasir ingin membayar tagihan DOKU",
      "Sebutkan kode pembayaran <b>{code}</b>",
      "Bayar sesuai jumlah tagihan",
      "Simpan struk sebagai bukti pembayaran",
    ],
    EN: [
      "Go to the nearest Alfa Group store",
      "Tell the cashier you want to pay a DOKU bill",
      "Show the payment code <b>{code}</b>",
      "Pay the exact amount",
      "Keep the receipt as proof of payment",
    ],
  },
  parseCreate,
  parseChange,
  ...codeMessages({ slug, wireIds }),
};
