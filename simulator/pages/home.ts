import { channels, codeChannels, getChannel, paylaterChannels } from "../channels/list";
import type { Channel, PaylaterChannel } from "../channels/channel";
import { listSwitches } from "../core/switches";
import type { Notification, Payment } from "../core/state";
import { wibForPeople } from "../core/wib-time";
import type { Sandbox } from "../core/sandbox";
import { listCodes, listOrders, notificationView } from "../control/views";
import { html, type Html, groupDigits, rupiah, noWrap } from "./html";
import { duration, renderPage } from "./layout";
import type { PageContext } from "./page-context";

const SHOWN = 25;

/** `Alfamart, Indomaret and Indodana`. */
const listNames = (list: readonly Channel[], type: "and" | "or"): string =>
  new Intl.ListFormat("en-GB", { type: type === "and" ? "conjunction" : "disjunction" }).format(
    list.map(({ name }) => name),
  );

const jumps = [
  { seconds: 60, name: "1 min" },
  { seconds: 1_800, name: "30 min" },
  { seconds: 3_600, name: "1 h" },
  { seconds: 21_600, name: "6 h" },
  { seconds: 43_200, name: "12 h" },
  { seconds: 86_400, name: "1 day" },
];

function clockCard(sandbox: Sandbox): Html {
  const moved = Math.round(sandbox.state.clockOffsetMs / 1000);
  const buttons = jumps.map(
    ({ seconds, name }) => html`<button name="forwardSeconds" value="${seconds}">+ ${name}</button>`,
  );
  const back = moved > 0 && html`<button name="reset" value="1">Back to real time</button>`;
  return html`<section class="card">
    <h2>Clock</h2>
    <p>
      ${moved > 0 ? html`Moved forward by <b>${duration(moved)}</b>.` : "Real time."} Moving it forward lets
      codes expire and sends the retries that come due.
    </p>
    <form method="post" action="/clock" class="row">${buttons}${back}</form>
  </section>`;
}

const downModes = [
  { mode: "off", name: "Up" },
  { mode: "reset", name: "Down: connection reset" },
  { mode: "http_503", name: "Down: 503" },
];

function downCard(sandbox: Sandbox): Html {
  const buttons = downModes.map(
    ({ mode, name }) =>
      html`<button
        name="mode"
        value="${mode}"
        aria-pressed="${sandbox.state.down === mode ? "true" : "false"}"
      >
        ${name}
      </button>`,
  );
  const changed = listSwitches(sandbox.state.switches).filter((row) => row.value !== row.initial).length;
  return html`<section class="card">
    <h2>DOKU is</h2>
    <form method="post" action="/down" class="row">${buttons}</form>
    <p class="small">
      Faults armed: ${sandbox.state.faults.length}. Switches changed: ${changed}.
      <a href="/faults">See them</a>
    </p>
  </section>`;
}

const stateTag = (state: string): Html => {
  const tone = { ACTIVE: "warn", PENDING: "warn", PAID: "good", SUCCESS: "good" }[state] ?? "bad";
  return html`<span class="tag ${tone}">${state}</span>`;
};

function codesCard(sandbox: Sandbox): Html {
  const codes = listCodes(sandbox).reverse();
  const items = codes.slice(0, SHOWN).map(
    (code) =>
      html`<li>
        <div class="spread">
          <span class="code">${groupDigits(code.code)}</span
          ><span class="amount">${rupiah(code.amount)}</span>
        </div>
        <div class="small wrap">
          ${getChannel(code.channel).name}&nbsp;· ${code.feature}&nbsp;· ${code.customerName}&nbsp;·
          ${noWrap(code.invoice)}
        </div>
        <div class="small">
          ${stateTag(code.state)} until
          ${wibForPeople(new Date(code.expiresAt))}${code.reusable ? ` · reusable, paid ${code.timesPaid} times` : ""}
        </div>
        ${code.state === "ACTIVE" && html`<form method="post" action="/till/pay" class="row"><input type="hidden" name="code" value="${code.code}" /><button class="main" aria-label="Pay ${code.code}">Pay</button><a class="button" href="/till?code=${code.code}">See the bill</a></form>`}
      </li>`,
  );
  return html`<section class="card">
    <h2>Payment codes <span class="small" lang="id">kode bayar</span></h2>
    ${
      items.length > 0
        ? html`<ul class="list">
            ${items}
          </ul>`
        : html`<p class="small">
            None yet. Check out at the shop with ${listNames(codeChannels, "or")}, and the code shows up here.
          </p>`
    }
  </section>`;
}

function ordersCard(sandbox: Sandbox, { id, name }: PaylaterChannel): Html {
  const orders = listOrders(sandbox)
    .filter((order) => order.channel === id)
    .reverse();
  const items = orders.slice(0, SHOWN).map(
    (order) =>
      html`<li>
        <div class="spread">
          <b>${noWrap(order.invoice)}</b><span class="amount">${rupiah(order.amount)}</span>
        </div>
        <div class="small wrap">${order.customerName}</div>
        <div class="small">
          ${stateTag(order.state)} until
          ${wibForPeople(new Date(order.expiresAt))}${order.cancelledAt !== null && " · cancelled by the customer"}
        </div>
        <div class="row">
          <a class="button" href="/${id}/pay/${order.id}">Open the ${name} page</a
          >${order.state === "SUCCESS" && html`<form method="post" action="/${id}/pay/${order.id}"><button name="decision" value="refund">Refund</button></form>`}
        </div>
      </li>`,
  );
  return html`<section class="card">
    <h2>${name} orders</h2>
    ${
      items.length > 0
        ? html`<ul class="list">
            ${items}
          </ul>`
        : html`<p class="small">None yet.</p>`
    }
  </section>`;
}

/** A text that says whether the shop acknowledged a notification. */
export function deliveryTag(notification: Notification | undefined): Html {
  if (!notification) return html``;
  const last = notification.attempts.at(-1);
  const result = last ? (last.status === null ? (last.error ?? "") : `HTTP ${last.status}`) : "on its way";
  if (notificationView(notification).acknowledged) {
    const times = notification.attempts.length > 1 ? `, ${notification.attempts.length} deliveries` : "";
    return html`<span class="tag good">shop acknowledged</span> ${result}${times}`;
  }
  const next = notification.nextAttemptAt;
  const again = next === null || !last ? "" : `, again at ${wibForPeople(new Date(next))}`;
  return html`<span class="tag bad">shop has not acknowledged</span> ${result}${again}`;
}

function paymentItem(sandbox: Sandbox, payment: Payment): Html {
  const notification = sandbox.state.notifications.get(payment.notificationId ?? "");
  const again =
    notification &&
    html`<form method="post" action="/notifications/retry" class="row">
      <input type="hidden" name="id" value="${notification.id}" /><button>Send the notification again</button>
    </form>`;
  return html`<li>
    <div class="spread">
      <b>${noWrap(payment.invoice)}</b><span class="amount">${rupiah(payment.amount)}</span>
    </div>
    <div class="small">
      ${getChannel(payment.channel).name}&nbsp;· ${wibForPeople(new Date(payment.date))}&nbsp;·
      ${payment.state}${payment.remark === "in_time" ? "" : ` · ${payment.remark.replace("_", " ")}`}
    </div>
    <p class="small">${deliveryTag(notification)}</p>
    ${again}
  </li>`;
}

function paymentsCard(sandbox: Sandbox): Html {
  const items = sandbox.state.payments
    .slice(-SHOWN)
    .reverse()
    .map((payment) => paymentItem(sandbox, payment));
  return html`<section class="card">
    <h2>Payments</h2>
    ${
      items.length > 0
        ? html`<ul class="list">
            ${items}
          </ul>`
        : html`<p class="small">None yet.</p>`
    }
  </section>`;
}

export function homePage(c: PageContext) {
  const { sandbox } = c.var;
  return renderPage(c, {
    title: "DOKU on this machine",
    current: "/",
    body: html`<p class="lead">
        This program plays DOKU, ${listNames(channels, "and")} for a shop in development. It makes payment
        codes, takes pretended money at the <a href="/till">till</a>, and tells the shop with signed
        notifications. What it does beyond DOKU's documents is assumed, and can be
        <a href="/faults">switched</a>.
      </p>
      <div class="grid two">
        <div class="grid">
          ${codesCard(sandbox)}${paylaterChannels.map((channel) => ordersCard(sandbox, channel))}
        </div>
        <div class="grid">${clockCard(sandbox)}${downCard(sandbox)}${paymentsCard(sandbox)}</div>
      </div>`,
  });
}
