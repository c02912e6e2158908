import { z } from "zod";
import { stores, wireIds } from "../core/channels";
import { objectOf, parseJson, textOf } from "../core/json";
import type { Inquiry } from "../core/state";
import { utcSeconds } from "../core/wib-time";
import { newDigits, newId, nowOf, takeFault, wireTimestamp, type World } from "../core/world";
import { AdditionalInfo, InvoiceNumber, StoreAmount } from "../doku/fields";
import { postToMerchant, type Reply } from "../wire/outbound";
import { digestOf, isSigned, sign, type SignedParts } from "../wire/signature";
import { billOfInquiry, type InquiryResult, type Refusal, refuse } from "./till-bill";

function inquiryBody(world: World, code: string) {
  const ids = wireIds.alfa;
  const asNumber = world.state.switches.inquiry_code_number && Number.isSafeInteger(Number(code));
  return JSON.stringify({
    service: { id: ids.service },
    acquirer: { id: ids.acquirer },
    channel: { id: ids.channel },
    online_to_offline_info: { payment_code: asNumber ? Number(code) : code },
    online_to_offline_inquiry: {
      date: utcSeconds(nowOf(world)),
      identifier: [
        { name: "AGENT_ID", value: stores.alfa.agentId },
        { name: "AGENT_STORE_ID", value: "T001" },
        { name: "AGENT_TRX_ID", value: newDigits(12) },
      ],
    },
  });
}

function isAnswerSigned(world: World, asked: SignedParts, reply: Reply): boolean {
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
    digest: digestOf(reply.body),
  };
  return isSigned(parts, world.settings.secretKey, reply.headers.signature ?? "");
}

/** Asks the merchant what a code it keeps itself is worth, and believes only a signed answer (protocol 4.5). */
export async function askMerchant(world: World, code: string): Promise<InquiryResult> {
  const body = inquiryBody(world, code);
  const asked: SignedParts = {
    clientId: world.settings.clientId,
    requestId: newId(),
    label: "Request-Timestamp",
    timestamp: wireTimestamp(world),
    target: new URL(world.settings.inquiryUrl).pathname,
    digest: digestOf(body),
  };
  const wrong = takeFault(world, "inquiry_bad_signature", { invoice: "", customer: "", channel: "alfa" });
  const reply = await postToMerchant(world, {
    url: world.settings.inquiryUrl,
    body,
    timeoutMs: world.state.switches.inquiry_timeout_ms,
    headers: {
      "Client-Id": asked.clientId,
      "Request-Id": asked.requestId,
      "Request-Timestamp": asked.timestamp,
      Signature: sign(asked, wrong ? `${world.settings.secretKey}-wrong` : world.settings.secretKey),
      "Content-Type": "application/json",
    },
  });
  if (reply.status === null) return refuse("merchant_unreachable", reply.error ?? "");
  if (!isAnswerSigned(world, asked, reply)) {
    return refuse("merchant_answer_invalid", `signature of the answer (HTTP ${reply.status})`);
  }
  return readAnswer(world, code, asked.requestId, reply);
}

/** Status words and the HTTP status each must come with (protocol 4.5). */
const answersByStatus: Record<string, { http: number; because: Refusal["because"] | null }> = {
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
  alfa_info: z
    .object({ receipt: z.object({ footer_message: z.string().max(120).optional() }).optional() })
    .optional(),
  additional_info: AdditionalInfo.optional(),
});

function readAnswer(world: World, code: string, requestId: string, reply: Reply): InquiryResult {
  const body = parseJson(reply.body.toString("utf8"));
  const status = textOf(objectOf(objectOf(body).online_to_offline_inquiry).status);
  const known = answersByStatus[status];
  if (!known) return refuse("merchant_answer_invalid", `status "${status}"`);
  if (known.http !== reply.status) {
    return refuse(
      "merchant_answer_invalid",
      `${status} must come with HTTP ${known.http}, not ${reply.status}`,
    );
  }
  if (known.because) return refuse(known.because, status);
  const parsed = SuccessAnswer.safeParse(body);
  if (!parsed.success) return refuse("merchant_answer_invalid", z.prettifyError(parsed.error));
  if (parsed.data.online_to_offline_info.payment_code !== code) {
    return refuse("merchant_answer_invalid", "payment_code is another one");
  }
  const holder = world.state.bills.get(parsed.data.order.invoice_number);
  if (holder && !(holder.kind === "code" && holder.code === code)) {
    return refuse("merchant_answer_invalid", "invoice_number belongs to another payment");
  }
  return { outcome: "bill", bill: billOfInquiry(keepInquiry(world, code, requestId, parsed.data)) };
}

function keepInquiry(
  world: World,
  code: string,
  requestId: string,
  answer: z.infer<typeof SuccessAnswer>,
): Inquiry {
  const inquiry: Inquiry = {
    id: newId(),
    code,
    requestId,
    at: nowOf(world).toISOString(),
    invoice: answer.order.invoice_number,
    amount: answer.order.amount,
    customerName: answer.customer.name,
    customerEmail: answer.customer.email ?? "",
    info: answer.online_to_offline_info.info ?? "",
    footer: answer.alfa_info?.receipt?.footer_message ?? "",
    additionalInfo: answer.additional_info ?? null,
    used: false,
  };
  world.state.inquiries.set(inquiry.id, inquiry);
  world.changed();
  return inquiry;
}
