import { type StoreChannel, stores } from "../core/channels";
import type { CodeBill } from "../core/state";
import { utcSeconds, wibCompact } from "../core/wib-time";
import { codeState, findCode, nowOf, subjectOf, takeFault, type World } from "../core/world";
import { type Answer, jsonAnswer } from "../wire/http";
import { internalError, notFound } from "./refusal";

type Instruction = { channel: string; language: string; step: string[] };

const steps: Record<StoreChannel, { ID: string[]; EN: string[] }> = {
  alfa: {
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
  indomaret: {
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
};

export function instructionsOf(bill: CodeBill): Instruction[] {
  const channel = stores[bill.channel].storeName;
  const filled = (lines: string[]) => lines.map((line) => line.replace("{code}", bill.code));
  return [
    { channel, language: "ID", step: filled(steps[bill.channel].ID) },
    { channel, language: "EN", step: filled(steps[bill.channel].EN) },
  ];
}

const hostileInstructions: Instruction[] = [
  {
    channel: '<img src="x" onerror="alert(1)">',
    language: "ID",
    step: ["<script>alert(1)</script>Datang ke kasir", '<a href="javascript:alert(1)">Bayar</a>'],
  },
];

/** The bill behind a how-to-pay address; the token is what grants the look (protocol 7). */
export function findByToken(world: World, slug: string, code: string, token: string): CodeBill | undefined {
  const bill = findCode(world, code);
  return bill && bill.token === token && stores[bill.channel].slug === slug ? bill : undefined;
}

/** Unsigned, plain JSON (protocol 7). The info block's name is assumed. */
export function answerHowToPay(world: World, slug: string, code: string, token: string): Answer {
  const bill = findByToken(world, slug, code, token);
  if (!bill) return notFound();
  if (takeFault(world, "how_to_pay_500", subjectOf(bill))) return internalError();
  const hostile = takeFault(world, "how_to_pay_hostile", subjectOf(bill));
  const [created, expired] = [new Date(bill.createdAt), new Date(bill.expiresAt)];
  const minutes = Math.max(0, Math.floor((expired.getTime() - nowOf(world).getTime()) / 60_000));
  return jsonAnswer(200, {
    client: { id: world.settings.clientId, name: "Merchant Demo" },
    order: { invoice_number: bill.invoice, amount: bill.amount },
    online_to_offline_info: {
      payment_code: bill.code,
      status: codeState(world, bill),
      created_date: wibCompact(created),
      expired_date: wibCompact(expired),
      expired_in: `${minutes} minutes`,
      created_date_utc: utcSeconds(created),
      expired_date_utc: utcSeconds(expired),
    },
    customer: { name: bill.customerName, email: bill.customerEmail },
    payment_instruction: hostile ? hostileInstructions : instructionsOf(bill),
  });
}
