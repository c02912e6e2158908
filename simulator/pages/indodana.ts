import type { IndodanaBill } from "../core/state";
import { wibForPeople } from "../core/wib-time";
import { findIndodana, indodanaState, type World } from "../core/world";
import { approveOrder, cancelOrder, type Decided, refundOrder, refuseOrder } from "../store/indodana";
import type { Refusal } from "../store/till-bill";
import type { Paid } from "../store/pay";
import type { Answer } from "../wire/http";
import { html, type Html, rupiah, whole } from "./html";
import { notFoundPage, pageAnswer, seeOther } from "./layout";

const tenors = [1, 3, 6, 12];

const standings: Record<string, { tone: string; text: string }> = {
  SUCCESS: { tone: "good", text: "Approved. Indodana pays the shop, the customer pays Indodana." },
  REFUNDED: { tone: "warn", text: "Approved, and refunded since." },
  EXPIRED: { tone: "bad", text: "The time for this order is up." },
  FAILED: { tone: "bad", text: "Refused. Not final: it can still be approved while its time lasts." },
};

function standingNotice(world: World, order: IndodanaBill): Html | "" {
  const standing = standings[indodanaState(world, order)];
  if (standing) return html`<div class="notice ${standing.tone}" role="status"><p>${standing.text}</p></div>`;
  return order.cancelledAt === null
    ? ""
    : html`<div class="notice warn" role="status">
        <p>The customer cancelled here before. The order is still open.</p>
      </div>`;
}

function decisionForm(order: IndodanaBill): Html {
  const choices = tenors.map(
    (months) =>
      html`<label class="choice"
        ><input type="radio" name="tenor" value="${months}" ${months === 3 && html` checked`} /><span
          >${months} <span lang="id">bulan</span><br /><span class="small"
            >${rupiah(Math.ceil(order.amount / months))} / <span lang="id">bln</span></span
          ></span
        ></label
      >`,
  );
  return html`<form method="post" action="/indodana/pay/${order.id}">
    <fieldset>
      <legend>Tenor</legend>
      <div class="choices">${choices}</div>
    </fieldset>
    <p>
      <button class="main wide" name="decision" value="approve">
        <span>Approve <span lang="id">(Setujui)</span></span>
      </button>
    </p>
    <div class="pair-of-buttons">
      <button class="danger" name="decision" value="refuse">Refuse&nbsp;<span lang="id">(Tolak)</span></button
      ><button name="decision" value="cancel">Cancel&nbsp;<span lang="id">(Batal)</span></button>
    </div>
  </form>`;
}

function originsOf(order: IndodanaBill): string[] {
  const urls = [order.callbackUrl, order.callbackUrlCancel].filter((url) => url !== null);
  return [...new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin))];
}

export function indodanaPage(world: World, id: string, refusal = ""): Answer {
  const order = findIndodana(world, id);
  if (!order) return notFoundPage(world);
  const open = ["PENDING", "FAILED", "EXPIRED"].includes(indodanaState(world, order));
  const items = order.items.map(
    (item) =>
      html`<div>
        <dt>${item.quantity}&nbsp;× ${item.name}</dt>
        <dd>${rupiah(item.price * item.quantity)}</dd>
      </div>`,
  );
  return pageAnswer(world, {
    title: "Indodana stand-in",
    status: refusal === "" ? 200 : 409,
    // Browsers hold a form's redirects to form-action too, and these end at the shop.
    formTargets: originsOf(order),
    body: html`<div class="narrow">
      ${refusal !== "" && html`<div class="notice bad" role="alert"><p>${refusal}</p></div>`}${standingNotice(world, order)}
      <section class="card">
        <p class="small">Pay later for ${order.customerName}</p>
        <p class="amount big">${rupiah(order.amount)}</p>
        <dl class="pairs">
          ${items}
          <div>
            <dt>Invoice</dt>
            <dd>${whole(order.invoice)}</dd>
          </div>
          <div>
            <dt>Open until</dt>
            <dd>${wibForPeople(new Date(order.expiresAt))}</dd>
          </div>
        </dl>
        ${open && decisionForm(order)}
        ${order.callbackUrl !== null && html`<p class="small"><a href="${order.callbackUrl}">Back to the shop</a></p>`}
      </section>
    </div>`,
  });
}

/** Whether parameters are added is not documented (protocol 6.3). */
function callbackTarget(world: World, url: string, order: IndodanaBill): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  if (!world.state.switches.indodana_callback_parameters) return url;
  const glue = url.includes("?") ? "&" : "?";
  return `${url}${glue}transactionStatus=${order.state}&merchantOrderId=${encodeURIComponent(order.invoice)}`;
}

/** The shopper presses a button: DOKU tells the shop, and the browser goes back, in whatever order they arrive. */
export function decideAtIndodana(world: World, id: string, form: URLSearchParams): Answer {
  const order = findIndodana(world, id);
  if (!order) return notFoundPage(world);
  const decision = form.get("decision");
  const tenor = Number(form.get("tenor"));
  const decisions = new Map<string, () => Paid | Decided | Refusal>([
    ["approve", () => approveOrder(world, order, Number.isInteger(tenor) && tenor > 0 ? tenor : undefined)],
    ["refuse", () => refuseOrder(world, order)],
    ["cancel", () => cancelOrder(world, order)],
    ["refund", () => refundOrder(world, order)],
  ]);
  const result = decisions.get(decision ?? "")?.();
  if (!result) return indodanaPage(world, id, "Choose approve, refuse or cancel.");
  if (result.outcome === "refused")
    return indodanaPage(world, id, `Not possible: ${result.because.replace("_", " ")}.`);
  const callback =
    decision === "cancel" ? order.callbackUrlCancel : decision === "refund" ? null : order.callbackUrl;
  const target = callback === null ? undefined : callbackTarget(world, callback, order);
  return seeOther(target ?? `/indodana/pay/${id}`);
}
