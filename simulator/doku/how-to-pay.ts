import { getCodeChannel } from "../channels/list";
import type { PaymentCode } from "../core/state";
import { utcSeconds, wibCompact } from "../core/wib-time";
import {
  currentCodeState,
  findCode,
  currentTime,
  toFaultSubject,
  consumeFault,
  type Sandbox,
} from "../core/sandbox";
import { type Answer, jsonAnswer } from "../wire/call";
import { internalError, notFound } from "./refusal";

type Instruction = { channel: string; language: string; step: string[] };

/** The channel's steps for this code, in both languages. */
export function listInstructions(code: PaymentCode): Instruction[] {
  const { name, howToPay } = getCodeChannel(code.channel);
  const fill = (steps: readonly string[]) => steps.map((step) => step.replace("{code}", code.code));
  return [
    { channel: name, language: "ID", step: fill(howToPay.ID) },
    { channel: name, language: "EN", step: fill(howToPay.EN) },
  ];
}

const hostileInstructions: Instruction[] = [
  {
    channel: '<img src="x" onerror="alert(1)">',
    language: "ID",
    step: ["<script>alert(1)</script>Datang ke kasir", '<a href="javascript:alert(1)">Bayar</a>'],
  },
];

/** The code behind a how-to-pay address; only the token gives access (protocol 7). */
export function findByToken(
  sandbox: Sandbox,
  slug: string,
  code: string,
  token: string,
): PaymentCode | undefined {
  const bill = findCode(sandbox, code);
  return bill && bill.token === token && getCodeChannel(bill.channel).slug === slug ? bill : undefined;
}

/** Unsigned, plain JSON (protocol 7). The info block's name is assumed. */
export function answerHowToPay(sandbox: Sandbox, slug: string, code: string, token: string): Answer {
  const bill = findByToken(sandbox, slug, code, token);
  if (!bill) return notFound();
  if (consumeFault(sandbox, "how_to_pay_500", toFaultSubject(bill))) return internalError();
  const hostile = consumeFault(sandbox, "how_to_pay_hostile", toFaultSubject(bill));
  const [created, expired] = [new Date(bill.createdAt), new Date(bill.expiresAt)];
  const minutes = Math.max(0, Math.floor((expired.getTime() - currentTime(sandbox).getTime()) / 60_000));
  return jsonAnswer(200, {
    client: { id: sandbox.settings.clientId, name: "Merchant Demo" },
    order: { invoice_number: bill.invoice, amount: bill.amount },
    online_to_offline_info: {
      payment_code: bill.code,
      status: currentCodeState(sandbox, bill),
      created_date: wibCompact(created),
      expired_date: wibCompact(expired),
      expired_in: `${minutes} minutes`,
      created_date_utc: utcSeconds(created),
      expired_date_utc: utcSeconds(expired),
    },
    customer: { name: bill.customerName, email: bill.customerEmail },
    payment_instruction: hostile ? hostileInstructions : listInstructions(bill),
  });
}
