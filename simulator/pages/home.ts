import { channelNames } from "../core/channels";
import { listSwitches } from "../core/switches";
import type { Notification, Payment } from "../core/state";
import { wibForPeople } from "../core/wib-time";
import type { World } from "../core/world";
import { listCodes, listOrders, notificationView } from "../control/views";
import type { Answer } from "../wire/http";
import { html, type Html, inFours, rupiah, whole } from "./html";
import { duration, pageAnswer } from "./layout";

const SHOWN = 25;

const jumps = [
  { seconds: 60, name: "1 min" },
  { seconds: 1_800, name: "30 min" },
  { seconds: 3_600, name: "1 h" },
  { seconds: 21_600, name: "6 h" },
  { seconds: 43_200, name: "12 h" },
  { seconds: 86_400, name: "1 day" },
];

function clockCard(world: World): Html {
  const moved = Math.round(world.state.clockOffsetMs / 1000);
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

function downCard(world: World): Html {
  const buttons = downModes.map(
    ({ mode, name }) =>
      html`<button name="mode" value="${mode}" aria-pressed="${world.state.down === mode ? "true" : "false"}">
        ${name}
      </button>`,
  );
  const changed = listSwitches(world.state.switches).filter((row) => row.value !== row.initial).length;
  return html`<section class="card">
    <h2>DOKU is</h2>
    <form method="post" action="/down" class="row">${buttons}</form>
    <p class="small">
      Faults armed: ${world.state.faults.length}. Switches changed: ${changed}. <a href="/faults">See them</a>
    </p>
  </section>`;
}

const stateTag = (state: string): Html => {
  const tone = { ACTIVE: "warn", PENDING: "warn", PAID: "good", SUCCESS: "good" }[state] ?? "bad";
  return html`<span class="tag ${tone}">${state}</span>`;
};

function codesCard(world: World): Html {
  const codes = listCodes(world).reverse();
  const items = codes.slice(0, SHOWN).map(
    (code) =>
      html`<li>
        <div class="spread">
          <span class="code">${inFours(code.code)}</span><span class="amount">${rupiah(code.amount)}</span>
        </div>
        <div class="small wrap">
          ${channelNames[code.channel]}&nbsp;· ${code.feature}&nbsp;· ${code.customerName}&nbsp;·
          ${whole(code.invoice)}
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
            None yet. Check out at the shop with Alfamart or Indomaret, and the code shows up here.
          </p>`
    }
  </section>`;
}

function ordersCard(world: World): Html {
  const orders = listOrders(world).reverse();
  const items = orders.slice(0, SHOWN).map(
    (order) =>
      html`<li>
        <div class="spread">
          <b>${whole(order.invoice)}</b><span class="amount">${rupiah(order.amount)}</span>
        </div>
        <div class="small wrap">${order.customerName}</div>
        <div class="small">
          ${stateTag(order.state)} until
          ${wibForPeople(new Date(order.expiresAt))}${order.cancelledAt !== null && " · cancelled by the customer"}
        </div>
        <div class="row">
          <a class="button" href="/indodana/pay/${order.id}">Open the Indodana page</a
          >${order.state === "SUCCESS" && html`<form method="post" action="/indodana/pay/${order.id}"><button name="decision" value="refund">Refund</button></form>`}
        </div>
      </li>`,
  );
  return html`<section class="card">
    <h2>Indodana orders</h2>
    ${
      items.length > 0
        ? html`<ul class="list">
            ${items}
          </ul>`
        : html`<p class="small">None yet.</p>`
    }
  </section>`;
}

/** How the shop took the news, in words. */
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

function paymentItem(world: World, payment: Payment): Html {
  const notification = world.state.notifications.get(payment.notificationId ?? "");
  const again =
    notification &&
    html`<form method="post" action="/notifications/retry" class="row">
      <input type="hidden" name="id" value="${notification.id}" /><button>Send the notification again</button>
    </form>`;
  return html`<li>
    <div class="spread">
      <b>${whole(payment.invoice)}</b><span class="amount">${rupiah(payment.amount)}</span>
    </div>
    <div class="small">
      ${channelNames[payment.channel]}&nbsp;· ${wibForPeople(new Date(payment.date))}&nbsp;·
      ${payment.state}${payment.remark === "in_time" ? "" : ` · ${payment.remark.replace("_", " ")}`}
    </div>
    <p class="small">${deliveryTag(notification)}</p>
    ${again}
  </li>`;
}

function paymentsCard(world: World): Html {
  const items = world.state.payments
    .slice(-SHOWN)
    .reverse()
    .map((payment) => paymentItem(world, payment));
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

export function homePage(world: World): Answer {
  return pageAnswer(world, {
    title: "DOKU on this machine",
    current: "/",
    body: html`<p class="lead">
        This program plays DOKU, Alfamart, Indomaret and Indodana for a shop in development. It makes payment
        codes, takes pretended money at the <a href="/till">till</a>, and tells the shop with signed
        notifications. What it does beyond DOKU's documents is assumed, and can be
        <a href="/faults">switched</a>.
      </p>
      <div class="grid two">
        <div class="grid">${codesCard(world)}${ordersCard(world)}</div>
        <div class="grid">${clockCard(world)}${downCard(world)}${paymentsCard(world)}</div>
      </div>`,
  });
}
