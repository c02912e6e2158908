import { wibForPeople } from "../core/wib-time";
import { webhookPath } from "../merchant/receive-webhook";
import type { ReceivedWebhook } from "../merchant/receive-webhook";
import { headerLines, readable, wireBlock } from "./calls";
import { breakAtSlashes, html, type Html } from "./html";
import { renderPage } from "./layout";
import type { PageContext } from "./page-context";

const REFRESH_SECONDS = 3;

function webhookItem({ id, type, at, verdict, isRepeated, headers, body }: ReceivedWebhook): Html {
  const again = isRepeated ? html`<span class="tag">again</span>` : "";
  return html`<li>
    <details>
      <summary>
        <span class="target">${type || "unreadable"}</span
        ><span class="tag ${verdict === "verified" ? "good" : "bad"}">${verdict}</span>${again}<span
          class="small"
          >${id}&nbsp;· ${wibForPeople(new Date(at))}</span
        >
      </summary>
      ${wireBlock("Headers", headerLines(headers))}${wireBlock("Body", readable(body))}
    </details>
  </li>`;
}

/** What the merchant's own system is told, as it arrives. */
export function webhooksPage(c: PageContext) {
  const { webhooks, settings } = c.var.sandbox;
  const refreshing = c.req.query("refresh") !== "0";
  return renderPage(c, {
    title: "Webhooks",
    current: "/webhooks",
    refreshSeconds: refreshing ? REFRESH_SECONDS : undefined,
    body: html`<p class="lead">
        The checkout tells the merchant's own system of every payment. Here the simulator plays that system,
        at
        <code>${breakAtSlashes(settings.publicUrl + webhookPath)}</code>, and verifies each message with the
        library of Standard Webhooks. Newest first.
      </p>
      <p class="row">
        ${refreshing ? html`<a class="button" href="/webhooks?refresh=0">Stop refreshing</a>` : html`<a class="button" href="/webhooks">Refresh by itself</a>`}
      </p>
      <section class="card">
        ${
          webhooks.length > 0
            ? html`<ul class="list">
                ${webhooks.map(webhookItem)}
              </ul>`
            : html`<p class="small">
                Nothing yet. Buy something in the shop, and pay the code at the <a href="/till">till</a>.
              </p>`
        }
      </section>`,
  });
}
