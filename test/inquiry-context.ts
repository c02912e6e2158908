import { randomUUID } from "node:crypto";
import type { PaymentRow } from "@/db/queries/orders";
import { verifyResponse } from "../lib/doku/envelope";
import type { SignatureStatus } from "../lib/doku/envelope";
import type { SignedAnswer } from "../lib/doku/inquiry";
import { sign } from "../lib/doku/signature";
import { Rupiah } from "../lib/payment/rupiah";
import { answerInquiry } from "../lib/operations/inquiries/answer-inquiry";
import { createMerchantPayment } from "../lib/operations/payments/create-merchant-payment";
import type { CreateMerchantPaymentInput } from "../lib/operations/payments/create-merchant-payment";
import { keys, network, newestPayment, shopper } from "./context";
import type { TestContext } from "./context";

const inquiryPath = "/api/doku/inquiries";

/** A bill for direct inquiry of Rp150.000 at Alfa, valid for an hour. */
export async function aBill(
  context: TestContext,
  change: Partial<CreateMerchantPaymentInput> = {},
): Promise<PaymentRow> {
  const made = await createMerchantPayment(context.deps, {
    key: randomUUID(),
    actor: "staff:owner",
    reason: "dashboard",
    channel: "alfa",
    codeKind: "dipc",
    code: "",
    description: "Tagihan Oktober",
    amount: Rupiah.parse(150_000),
    contact: shopper,
    expiresInMinutes: 60,
    reusable: false,
    terms: {},
    ...change,
  });
  if (made.outcome === "wrong") throw new Error(JSON.stringify(made.fault));
  return newestPayment(context, made.orderId);
}

/** The body of DOKU's inquiry about a code, as in its sample. */
export const questionAbout = (code: unknown): string =>
  JSON.stringify({
    service: { id: "ONLINE_TO_OFFLINE" },
    acquirer: { id: "ALFA" },
    channel: { id: "ONLINE_TO_OFFLINE_ALFA" },
    online_to_offline_info: { payment_code: code },
    online_to_offline_inquiry: {
      date: "2026-11-21T05:00:00Z",
      identifier: [{ name: "AGENT_TRX_ID", value: "c1aa04bf" }],
    },
  });

type Change = {
  secret?: string;
  timestamp?: string;
  requestId?: string;
  headers?: Record<string, string | undefined>;
};

export type InquiryReply = SignedAnswer & {
  requestId: string;
  status: unknown;
  json: Record<string, unknown>;
  signatureStatus: SignatureStatus;
};

/** Sends an inquiry as DOKU does, by default with a valid signature, and verifies the signature of the answer. */
export async function askWith(
  context: TestContext,
  body: string | Uint8Array,
  change: Change = {},
): Promise<InquiryReply> {
  const rawBody = Buffer.from(body);
  const timestamp = change.timestamp ?? context.deps.now().toISOString().replace(/\.\d+/, "");
  const requestId = change.requestId ?? randomUUID();
  const timestampHeader = "Request-Timestamp" as const;
  const parts = {
    clientId: keys.clientId,
    requestId,
    timestampHeader,
    timestamp,
    target: inquiryPath,
    body: rawBody,
  };
  const headers: Record<string, string | undefined> = {
    "Client-Id": keys.clientId,
    "Request-Id": requestId,
    "Request-Timestamp": timestamp,
    Signature: sign(parts, change.secret ?? keys.current),
    ...change.headers,
  };
  const answer = await answerInquiry(context.deps, {
    headers: (name) => headers[name],
    rawBody,
    network: () => network,
  });
  return verifyInquiryReply(answer, headers["Request-Id"] ?? "");
}

/** An answer as DOKU sees it: its signature is verified with the Request-Id of the inquiry. */
export function verifyInquiryReply(answer: SignedAnswer, requestId: string): InquiryReply {
  const { headers, body } = answer;
  const rawBody = Buffer.from(body);
  const signatureStatus = verifyResponse({
    headers: (name) => headers[name],
    rawBody,
    target: inquiryPath,
    requestId,
    keys,
  });
  const json = JSON.parse(body);
  return { ...answer, requestId, json, status: json.online_to_offline_inquiry?.status, signatureStatus };
}

export const ask = (context: TestContext, code: unknown, change: Change = {}): Promise<InquiryReply> =>
  askWith(context, questionAbout(code), change);
