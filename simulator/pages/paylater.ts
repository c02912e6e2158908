import type { PaylaterChannel } from "../channels/channel";
import { getPaylaterChannel } from "../channels/list";
import type { PaylaterOrder } from "../core/state";
import { wibForPeople } from "../core/wib-time";
import { currentOrderState, findPaylaterOrder, type Sandbox } from "../core/sandbox";
import {
  approveOrder,
  cancelOrder,
  type DecisionResult,
  refundOrder,
  refuseOrder,
} from "../payments/paylater";
import type { TillRefusal } from "../payments/till-bill";
import type { PaidResult } from "../payments/pay";
import { html, type Html, rupiah, noWrap } from "./html";
import { notFoundPage, renderPage, seeOther } from "./layout";
import { type PageContext, parseForm } from "./page-context";

const tenors = [1, 3, 6, 12];

const notices = ({ name }: PaylaterChannel): Record<string, { tone: string; text: string }> => ({
  SUCCESS: { tone: "good", text: `Approved. ${name} pays the shop, the customer pays ${name}.` },
  REFUNDED: { tone: "warn", text: "Approved, and refunded since." },
  EXPIRED: { tone: "bad", text: "The time for this order is up." },
  FAILED: { tone: "bad", text: "Refused. Not final: it can still be approved while its time lasts." },
});

function stateNotice(sandbox: Sandbox, order: PaylaterOrder): Html | "" {
  const notice = notices(getPaylaterChannel(order.channel))[currentOrderState(sandbox, order)];
  if (notice) return html`<div class="notice ${notice.tone}" role="status"><p>${notice.text}</p></div>`;
  return order.cancelledAt === null
    ? ""
    : html`<div class="notice warn" role="status">
        <p>The customer cancelled here before. The order is still open.</p>
      </div>`;
}

function decisionForm(order: PaylaterOrder): Html {
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
  return html`<form method="post" action="/${order.channel}/pay/${order.id}">
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

function listOrigins(order: PaylaterOrder): string[] {
  const urls = [order.callbackUrl, order.callbackUrlCancel].filter((url) => url !== null);
  return [...new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin))];
}

function findOrder(c: PageContext): PaylaterOrder | undefined {
  const { channel = "", id = "" } = c.req.param();
  return findPaylaterOrder(c.var.sandbox, channel, id);
}

/** The lender's page: the same one for every paylater channel. */
export function paylaterOrderPage(c: PageContext, refusal = "") {
  const { sandbox } = c.var;
  const order = findOrder(c);
  if (!order) return notFoundPage(c);
  const open = ["PENDING", "FAILED", "EXPIRED"].includes(currentOrderState(sandbox, order));
  const items = order.items.map(
    (item) =>
      html`<div>
        <dt>${item.quantity}&nbsp;× ${item.name}</dt>
        <dd>${rupiah(item.price * item.quantity)}</dd>
      </div>`,
  );
  return renderPage(c, {
    title: `${getPaylaterChannel(order.channel).name} stand-in`,
    status: refusal === "" ? 200 : 409,
    // Browsers hold a form's redirects to form-action too, and these end at the shop.
    formTargets: listOrigins(order),
    body: html`<div class="narrow">
      ${refusal !== "" && html`<div class="notice bad" role="alert"><p>${refusal}</p></div>`}${stateNotice(sandbox, order)}
      <section class="card">
        <p class="small">Pay later for ${order.customerName}</p>
        <p class="amount big">${rupiah(order.amount)}</p>
        <dl class="pairs">
          ${items}
          <div>
            <dt>Invoice</dt>
            <dd>${noWrap(order.invoice)}</dd>
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
function callbackTarget(sandbox: Sandbox, url: string, order: PaylaterOrder): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined;
  if (!sandbox.state.switches.paylater_callback_parameters) return url;
  const glue = url.includes("?") ? "&" : "?";
  return `${url}${glue}transactionStatus=${order.state}&merchantOrderId=${encodeURIComponent(order.invoice)}`;
}

/** DOKU notifies the shop and the browser goes back to it; either may arrive first. */
export async function decidePaylaterOrder(c: PageContext) {
  const { sandbox } = c.var;
  const order = findOrder(c);
  if (!order) return notFoundPage(c);
  const form = await parseForm(c);
  const decision = form.get("decision");
  const tenor = Number(form.get("tenor"));
  const decisions = new Map<string, () => PaidResult | DecisionResult | TillRefusal>([
    ["approve", () => approveOrder(sandbox, order, Number.isInteger(tenor) && tenor > 0 ? tenor : undefined)],
    ["refuse", () => refuseOrder(sandbox, order)],
    ["cancel", () => cancelOrder(sandbox, order)],
    ["refund", () => refundOrder(sandbox, order)],
  ]);
  const result = decisions.get(decision ?? "")?.();
  if (!result) return paylaterOrderPage(c, "Choose approve, refuse or cancel.");
  if (result.outcome === "refused") {
    return paylaterOrderPage(c, `Not possible: ${result.because.replace("_", " ")}.`);
  }
  const callback =
    decision === "cancel" ? order.callbackUrlCancel : decision === "refund" ? null : order.callbackUrl;
  const target = callback === null ? undefined : callbackTarget(sandbox, callback, order);
  return seeOther(c, target ?? `/${order.channel}/pay/${order.id}`);
}
