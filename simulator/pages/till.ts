import type { StoreChannel } from "../core/channels";
import { channelNames, stores, StoreChannel as StoreChannelSchema } from "../core/channels";
import { textOf } from "../core/json";
import { wibForPeople } from "../core/wib-time";
import type { World } from "../core/world";
import { receiptOf } from "../control/views";
import { firstRound } from "../notifications/outbox";
import { inquire } from "../store/inquiry";
import type { Refusal, TillBill } from "../store/till-bill";
import { payCode } from "../store/pay";
import type { Answer, Received } from "../wire/http";
import { deliveryTag } from "./home";
import { html, type Html, inFours, rupiah, whole } from "./html";
import { notFoundPage, pageAnswer, seeOther } from "./layout";

/** How long a receipt waits for the shop before it is shown without the shop's answer. */
const RECEIPT_WAIT_MS = 3_000;
const FOOTER_LINE = 40;

const refusalTexts: Record<Refusal["because"], { id: string; en: string }> = {
  not_found: { id: "Kode tidak ditemukan", en: "No bill has this code." },
  already_paid: { id: "Tagihan sudah dibayar", en: "This bill is paid already." },
  expired: { id: "Kode sudah kedaluwarsa", en: "The time of this code is up." },
  deleted: { id: "Kode sudah dibatalkan", en: "The shop cancelled this code." },
  declined: { id: "Transaksi ditolak", en: "The shop declined the bill." },
  merchant_unreachable: {
    id: "Sistem merchant tidak menjawab",
    en: "The shop's inquiry address did not answer.",
  },
  merchant_answer_invalid: {
    id: "Jawaban merchant tidak sah",
    en: "The shop's inquiry answer is not valid.",
  },
  amount_differs: { id: "Jumlah tidak sesuai", en: "Only the exact amount is taken." },
};

function refusalNotice(refusal: Refusal): Html {
  const text = refusalTexts[refusal.because];
  return html`<div class="notice bad" role="alert">
    <p><b lang="id">${text.id}.</b> ${text.en}</p>
    ${refusal.detail && html`<p class="small wrap">${refusal.detail}</p>`}
  </div>`;
}

const pair = (name: string, value: Html | string | number | null | undefined): Html | "" =>
  value === null || value === undefined || value === ""
    ? ""
    : html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div>`;

function insuranceLines(insurance: Record<string, unknown> | null): Html[] {
  if (!insurance) return [];
  const names = new Map([
    ["policy_type", "Jenis polis"],
    ["policy_number", "No. polis"],
    ["policy_account_name", "Nama polis"],
    ["policy_status", "Status polis"],
    ["bill_due_date", "Jatuh tempo"],
  ]);
  return Object.entries(insurance).map(([key, value]) => html`${pair(names.get(key) ?? key, textOf(value))}`);
}

function settlementNote(settlement: unknown[] | null): Html | "" {
  if (!settlement) return "";
  return html`<h3 class="apart">Split settlement</h3>
    <pre class="wire">${JSON.stringify(settlement, undefined, 2)}</pre>`;
}

function askForm(store: StoreChannel, typed: string): Html {
  const choices = StoreChannelSchema.options.map(
    (option) =>
      html`<label class="choice"
        ><input
          type="radio"
          name="store"
          value="${option}"
          ${option === store && html` checked`}
        />${stores[option].storeName}</label
      >`,
  );
  return html`<form method="get" action="/till" class="card">
    <fieldset>
      <legend>Store</legend>
      <div class="choices">${choices}</div>
    </fieldset>
    <div class="field">
      <label for="code"><span lang="id">Kode bayar</span> (payment code)</label>
      <input
        class="digits"
        type="text"
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="off"
        maxlength="40"
        value="${typed}"
        required
      />
    </div>
    <button class="main wide" lang="id">Cek tagihan</button>
  </form>`;
}

function billCard(bill: TillBill, store: StoreChannel): Html {
  return html`<section class="card">
    <h2><span lang="id">Tagihan</span> at ${stores[store].storeName}</h2>
    <p class="amount big">${rupiah(bill.amount)}</p>
    <dl class="pairs">
      ${pair("Nama", bill.name)}${pair("Kode", inFours(bill.code))}${pair("Info", bill.info)}${pair("Produk", bill.description)}${insuranceLines(bill.insurance)}${pair("Invoice", whole(bill.invoice))}${bill.expiresAt === null ? "" : pair("Sampai", wibForPeople(new Date(bill.expiresAt)))}
    </dl>
    <form method="post" action="/till/pay">
      <input type="hidden" name="code" value="${bill.code}" /><input
        type="hidden"
        name="store"
        value="${store}"
      />${bill.inquiryId !== null && html`<input type="hidden" name="inquiryId" value="${bill.inquiryId}" />`}
      <button class="main wide"><span lang="id">Bayar</span>&nbsp;${rupiah(bill.amount)}</button>
    </form>
    ${settlementNote(bill.settlement)}
  </section>`;
}

const storeOf = (value: unknown): StoreChannel | undefined => StoreChannelSchema.safeParse(value).data;

export async function tillPage(world: World, call: Received): Promise<Answer> {
  const typed = call.query.get("code") ?? "";
  const chosen = storeOf(call.query.get("store"));
  const result = typed === "" ? undefined : await inquire(world, typed, chosen);
  const found = result?.outcome === "bill" ? storeOf(result.bill.channel) : undefined;
  const store = chosen ?? found ?? "alfa";
  return pageAnswer(world, {
    title: "Till",
    current: "/till",
    body: html`<div class="grid two">
      <div>${askForm(store, typed)}</div>
      <div>
        ${result?.outcome === "refused" && refusalNotice(result)}${result?.outcome === "bill" && billCard(result.bill, store)}
      </div>
    </div>`,
  });
}

export async function payAtTill(world: World, form: URLSearchParams): Promise<Answer> {
  const paid = await payCode(world, {
    code: form.get("code") ?? "",
    store: storeOf(form.get("store")),
    inquiryId: form.get("inquiryId") ?? undefined,
  });
  if (paid.outcome === "paid") {
    await firstRound(world, paid.payment.notificationId, RECEIPT_WAIT_MS);
    return seeOther(`/till/receipt/${paid.payment.id}`);
  }
  return pageAnswer(world, {
    title: "Till",
    current: "/till",
    status: 409,
    body: html`<div class="narrow">
      ${refusalNotice(paid)}<a class="button" href="/till">Back to the till</a>
    </div>`,
  });
}

function footerLines(footer: string): string {
  return (footer.match(new RegExp(`.{1,${FOOTER_LINE}}`, "g")) ?? []).join("\n");
}

function printedReceipt(receipt: ReturnType<typeof receiptOf>): Html {
  return html`<section class="receipt" aria-label="Receipt">
    <h2>${channelNames[receipt.channel].toUpperCase()}</h2>
    <p class="middle" lang="id">BUKTI PEMBAYARAN</p>
    <dl class="pairs">
      ${pair("No. transaksi", receipt.transactionId ?? receipt.paymentId)}${pair("Toko", receipt.storeId)}${pair("Tanggal", wibForPeople(new Date(receipt.date)))}${pair("Kode bayar", receipt.code && inFours(receipt.code))}${pair("Nama", receipt.name)}${pair("Info", receipt.info)}${pair("Produk", receipt.description)}${insuranceLines(receipt.insurance)}${pair("Jumlah", rupiah(receipt.amount))}
    </dl>
    <p class="middle"><b lang="id">LUNAS</b></p>
    ${receipt.footer !== "" && html`<pre class="footer">${footerLines(receipt.footer)}</pre>`}
  </section>`;
}

export function receiptPage(world: World, paymentId: string): Answer {
  const payment = world.state.payments.find((item) => item.id === paymentId);
  if (!payment) return notFoundPage(world);
  const notification = world.state.notifications.get(payment.notificationId ?? "");
  const receipt = receiptOf(world, payment);
  const waiting = notification?.state === "waiting" && notification.attempts.length === 0;
  const acknowledged = notification?.state === "acknowledged";
  return pageAnswer(world, {
    title: "Receipt",
    current: "/till",
    refreshSeconds: waiting ? 2 : undefined,
    body: html`<div class="narrow">
      ${printedReceipt(receipt)}
      <div class="notice ${acknowledged ? "good" : "warn"}" role="status">
        <p>${deliveryTag(notification)}</p>
      </div>
      ${settlementNote(receipt.settlement)}
      <p class="small wrap">
        Invoice
        ${whole(receipt.invoice)}${payment.remark === "in_time" ? "" : ` · paid ${payment.remark.replace("_", " ")}`}
      </p>
      <div class="row">
        <a class="button main" href="/till">Next customer</a><a class="button" href="/calls">See the calls</a>
      </div>
    </div>`,
  });
}
