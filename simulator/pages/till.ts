import type { CodeChannel } from "../channels/channel";
import { codeChannels, findCodeChannel, getCodeChannel } from "../channels/list";
import { asText } from "../core/json";
import { wibForPeople } from "../core/wib-time";
import { toReceipt } from "../control/views";
import { waitForFirstRound } from "../notifications/outbox";
import { inquireCode } from "../payments/inquiry";
import type { TillRefusal, TillBill } from "../payments/till-bill";
import { payCode } from "../payments/pay";
import { deliveryTag } from "./home";
import { html, type Html, groupDigits, rupiah, noWrap } from "./html";
import { notFoundPage, renderPage, seeOther } from "./layout";
import { type PageContext, parseForm } from "./page-context";

/** How long the receipt page waits for the shop's acknowledgement. */
const RECEIPT_WAIT_MS = 3_000;
const FOOTER_LINE = 40;

const refusalTexts: Record<TillRefusal["because"], { id: string; en: string }> = {
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

function refusalNotice(refusal: TillRefusal): Html {
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
  return Object.entries(insurance).map(([key, value]) => html`${pair(names.get(key) ?? key, asText(value))}`);
}

function settlementNote(settlement: unknown[] | null): Html | "" {
  if (!settlement) return "";
  return html`<h3 class="apart">Split settlement</h3>
    <pre class="wire">${JSON.stringify(settlement, undefined, 2)}</pre>`;
}

function askForm(store: CodeChannel | undefined, typed: string): Html {
  const choices = codeChannels.map(
    (option) =>
      html`<label class="choice"
        ><input
          type="radio"
          name="store"
          value="${option.id}"
          ${option === store && html` checked`}
        />${option.name}</label
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

function billCard(bill: TillBill, store: CodeChannel): Html {
  return html`<section class="card">
    <h2><span lang="id">Tagihan</span> at ${store.name}</h2>
    <p class="amount big">${rupiah(bill.amount)}</p>
    <dl class="pairs">
      ${pair("Nama", bill.name)}${pair("Kode", groupDigits(bill.code))}${pair("Info", bill.info)}${pair("Produk", bill.description)}${insuranceLines(bill.insurance)}${pair("Invoice", noWrap(bill.invoice))}${bill.expiresAt === null ? "" : pair("Sampai", wibForPeople(new Date(bill.expiresAt)))}
    </dl>
    <form method="post" action="/till/pay">
      <input type="hidden" name="code" value="${bill.code}" /><input
        type="hidden"
        name="store"
        value="${store.id}"
      />${bill.inquiryId !== null && html`<input type="hidden" name="inquiryId" value="${bill.inquiryId}" />`}
      <button class="main wide"><span lang="id">Bayar</span>&nbsp;${rupiah(bill.amount)}</button>
    </form>
    ${settlementNote(bill.settlement)}
  </section>`;
}

export async function tillPage(c: PageContext) {
  const typed = c.req.query("code") ?? "";
  const chosen = findCodeChannel(c.req.query("store") ?? "");
  const result = typed === "" ? undefined : await inquireCode(c.var.sandbox, typed, chosen?.id);
  const bill = result?.outcome === "bill" ? result.bill : undefined;
  const store = chosen ?? (bill ? getCodeChannel(bill.channel) : codeChannels[0]);
  return renderPage(c, {
    title: "Till",
    current: "/till",
    body: html`<div class="grid two">
      <div>${askForm(store, typed)}</div>
      <div>
        ${result?.outcome === "refused" && refusalNotice(result)}${bill && store && billCard(bill, store)}
      </div>
    </div>`,
  });
}

export async function payAtTill(c: PageContext) {
  const { sandbox } = c.var;
  const form = await parseForm(c);
  const paid = await payCode(sandbox, {
    code: form.get("code") ?? "",
    store: findCodeChannel(form.get("store") ?? "")?.id,
    inquiryId: form.get("inquiryId") ?? undefined,
  });
  if (paid.outcome === "paid") {
    await waitForFirstRound(sandbox, paid.payment.notificationId, RECEIPT_WAIT_MS);
    return seeOther(c, `/till/receipt/${paid.payment.id}`);
  }
  return renderPage(c, {
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

function printedReceipt(receipt: ReturnType<typeof toReceipt>): Html {
  return html`<section class="receipt" aria-label="Receipt">
    <h2>${getCodeChannel(receipt.channel).name.toUpperCase()}</h2>
    <p class="middle" lang="id">BUKTI PEMBAYARAN</p>
    <dl class="pairs">
      ${pair("No. transaksi", receipt.transactionId ?? receipt.paymentId)}${pair("Toko", receipt.storeId)}${pair("Tanggal", wibForPeople(new Date(receipt.date)))}${pair("Kode bayar", receipt.code && groupDigits(receipt.code))}${pair("Nama", receipt.name)}${pair("Info", receipt.info)}${pair("Produk", receipt.description)}${insuranceLines(receipt.insurance)}${pair("Jumlah", rupiah(receipt.amount))}
    </dl>
    <p class="middle"><b lang="id">LUNAS</b></p>
    ${receipt.footer !== "" && html`<pre class="footer">${footerLines(receipt.footer)}</pre>`}
  </section>`;
}

export function receiptPage(c: PageContext) {
  const { sandbox } = c.var;
  const paymentId = c.req.param("id");
  const payment = sandbox.state.payments.find((item) => item.id === paymentId);
  if (!payment) return notFoundPage(c);
  const notification = sandbox.state.notifications.get(payment.notificationId ?? "");
  const receipt = toReceipt(sandbox, payment);
  const waiting = notification?.state === "waiting" && notification.attempts.length === 0;
  const acknowledged = notification?.state === "acknowledged";
  return renderPage(c, {
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
        ${noWrap(receipt.invoice)}${payment.remark === "in_time" ? "" : ` · paid ${payment.remark.replace("_", " ")}`}
      </p>
      <div class="row">
        <a class="button main" href="/till">Next customer</a><a class="button" href="/calls">See the calls</a>
      </div>
    </div>`,
  });
}
