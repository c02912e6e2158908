import { z } from "zod";
import { AlfaReceipt } from "../channels/alfa";
import type { CodeChannel } from "../channels/channel";
import { StoreAmount } from "../channels/code-fields";
import { agentIdentifiers, inquiryContent } from "../channels/code-messages";
import { AdditionalInfo, InvoiceNumber } from "../channels/fields";
import { asObject, parseJson, asText } from "../core/json";
import type { Inquiry } from "../core/state";
import { newDigits, newId, currentTime, consumeFault, wireTimestamp, type Sandbox } from "../core/sandbox";
import { postToMerchant, type Reply } from "../wire/outbound";
import { computeDigest, type SignedParts, signedRequestHeaders, verifySignature } from "../wire/signature";
import { inquiryToTillBill, type InquiryResult, type TillRefusal, refuseAtTill } from "./till-bill";

function inquiryBody(sandbox: Sandbox, { agentId, wireIds }: CodeChannel, code: string): string {
  const asNumber = sandbox.state.switches.inquiry_code_number && Number.isSafeInteger(Number(code));
  const content = inquiryContent(wireIds, {
    code: asNumber ? Number(code) : code,
    date: currentTime(sandbox),
    identifiers: agentIdentifiers({ agentId, storeId: "T001", transactionId: newDigits(12) }),
  });
  return JSON.stringify(content);
}

function isAnswerSigned(sandbox: Sandbox, asked: SignedParts, reply: Reply): boolean {
  const {
    "client-id": clientId,
    "request-id": requestId,
    "response-timestamp": timestamp = "",
  } = reply.headers;
  if (clientId !== asked.clientId || requestId !== asked.requestId || timestamp === "") return false;
  const parts: SignedParts = {
    ...asked,
    label: "Response-Timestamp",
    timestamp,
    digest: computeDigest(reply.body),
  };
  return verifySignature(parts, sandbox.settings.secretKey, reply.headers.signature ?? "");
}

/** Asks the merchant for the bill of a DIPC code, and accepts only a signed answer (protocol 4.5). */
export async function askMerchant(
  sandbox: Sandbox,
  channel: CodeChannel,
  code: string,
): Promise<InquiryResult> {
  const { secretKey } = sandbox.settings;
  const body = inquiryBody(sandbox, channel, code);
  const asked: SignedParts = {
    clientId: sandbox.settings.clientId,
    requestId: newId(),
    label: "Request-Timestamp",
    timestamp: wireTimestamp(sandbox),
    target: new URL(sandbox.settings.inquiryUrl).pathname,
    digest: computeDigest(body),
  };
  const wrong = consumeFault(sandbox, "inquiry_bad_signature", {
    invoice: "",
    customer: "",
    channel: channel.id,
  });
  const reply = await postToMerchant(sandbox, {
    url: sandbox.settings.inquiryUrl,
    body,
    timeoutMs: sandbox.state.switches.inquiry_timeout_ms,
    headers: signedRequestHeaders({ ...asked, body }, wrong ? `${secretKey}-wrong` : secretKey),
  });
  if (reply.status === null) return refuseAtTill("merchant_unreachable", reply.error ?? "");
  if (!isAnswerSigned(sandbox, asked, reply)) {
    return refuseAtTill("merchant_answer_invalid", `signature of the answer (HTTP ${reply.status})`);
  }
  return parseAnswer(sandbox, { channel: channel.id, code, requestId: asked.requestId }, reply);
}

/** The statuses of an answer, and the HTTP status each must come with (protocol 4.5). */
const answersByStatus: Record<string, { http: number; because: TillRefusal["because"] | null }> = {
  success: { http: 200, because: null },
  decline: { http: 400, because: "declined" },
  billing_already_paid: { http: 400, because: "already_paid" },
  billing_was_expired: { http: 400, because: "expired" },
  billing_not_found: { http: 404, because: "not_found" },
};

const SuccessAnswer = z.object({
  order: z.object({ invoice_number: InvoiceNumber, amount: StoreAmount }),
  online_to_offline_info: z.object({ payment_code: z.string(), info: z.string().max(32).optional() }),
  customer: z.object({ name: z.string().min(1).max(64), email: z.string().max(128).optional() }),
  alfa_info: AlfaReceipt.optional(),
  additional_info: AdditionalInfo.optional(),
});

type Question = { channel: string; code: string; requestId: string };

function parseAnswer(sandbox: Sandbox, question: Question, reply: Reply): InquiryResult {
  const body = parseJson(reply.body.toString("utf8"));
  const status = asText(asObject(asObject(body).online_to_offline_inquiry).status);
  const known = answersByStatus[status];
  if (!known) return refuseAtTill("merchant_answer_invalid", `status "${status}"`);
  if (known.http !== reply.status) {
    return refuseAtTill(
      "merchant_answer_invalid",
      `${status} must come with HTTP ${known.http}, not ${reply.status}`,
    );
  }
  if (known.because) return refuseAtTill(known.because, status);
  const parsed = SuccessAnswer.safeParse(body);
  if (!parsed.success) return refuseAtTill("merchant_answer_invalid", z.prettifyError(parsed.error));
  if (parsed.data.online_to_offline_info.payment_code !== question.code) {
    return refuseAtTill("merchant_answer_invalid", "payment_code is another one");
  }
  const holder = sandbox.state.bills.get(parsed.data.order.invoice_number);
  if (holder && !(holder.kind === "payment_code" && holder.code === question.code)) {
    return refuseAtTill("merchant_answer_invalid", "invoice_number belongs to another payment");
  }
  return { outcome: "bill", bill: inquiryToTillBill(recordInquiry(sandbox, question, parsed.data)) };
}

function recordInquiry(sandbox: Sandbox, question: Question, answer: z.infer<typeof SuccessAnswer>): Inquiry {
  const inquiry: Inquiry = {
    ...question,
    id: newId(),
    at: currentTime(sandbox).toISOString(),
    invoice: answer.order.invoice_number,
    amount: answer.order.amount,
    customerName: answer.customer.name,
    customerEmail: answer.customer.email ?? "",
    info: answer.online_to_offline_info.info ?? "",
    footer: answer.alfa_info?.receipt?.footer_message ?? "",
    additionalInfo: answer.additional_info ?? null,
    used: false,
  };
  sandbox.state.inquiries.set(inquiry.id, inquiry);
  sandbox.changed();
  return inquiry;
}
