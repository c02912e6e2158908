import type { Call } from "../core/call-log";
import { parseJson } from "../core/json";
import { wibForPeople } from "../core/wib-time";
import { html, type Html, breakAtSlashes } from "./html";
import { renderPage } from "./layout";
import type { PageContext } from "./page-context";

const SHOWN = 100;
const REFRESH_SECONDS = 3;

/** The bytes as they were, unless they read better indented; the copy on the wire is in the control API. */
export function readable(text: string): string {
  const value = parseJson(text);
  return value === undefined || text.includes("\n") ? text : JSON.stringify(value, undefined, 2);
}

export const headerLines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

export const wireBlock = (title: string, text: string): Html | "" =>
  text === ""
    ? ""
    : html`<h3>${title}</h3>
        <pre class="wire" tabindex="0">${text}</pre>`;

function statusTag(call: Call): Html {
  if (call.status === null) return html`<span class="tag bad">${call.note}</span>`;
  return html`<span class="tag ${call.status < 400 ? "good" : "bad"}">${call.status}</span>`;
}

function callItem(call: Call): Html {
  const way = call.direction === "received" ? "shop → DOKU" : "DOKU → shop";
  return html`<li>
    <details>
      <summary>
        <span class="method">${call.method}</span
        ><span class="target">${breakAtSlashes(call.target)}</span>${statusTag(call)}<span class="small"
          >${way}&nbsp;· ${wibForPeople(new Date(call.at))}&nbsp;· ${call.durationMs} ms</span
        >
      </summary>
      ${wireBlock("Headers", headerLines(call.headers))}${wireBlock("Body", readable(call.body))}${wireBlock("Answer headers", headerLines(call.answerHeaders))}${wireBlock("Answer", readable(call.answer))}
    </details>
  </li>`;
}

export function callsPage(c: PageContext) {
  const { direction, refresh } = c.req.query();
  const refreshing = refresh === "1";
  const kept = c.var.sandbox.calls.filter((item) => direction === undefined || item.direction === direction);
  const keep = direction === undefined ? "" : `&direction=${encodeURIComponent(direction)}`;
  return renderPage(c, {
    title: "Calls",
    current: "/calls",
    refreshSeconds: refreshing ? REFRESH_SECONDS : undefined,
    body: html`<p class="lead">
        What went over the wire, newest first. The last 1,000 are kept, ${SHOWN} are shown;
        <code>GET /simulator/api/calls</code> gives all, byte for byte.
      </p>
      <p class="row">
        <a class="button" href="/calls">All</a
        ><a class="button" href="/calls?direction=received">From the shop</a
        ><a class="button" href="/calls?direction=sent">To the shop</a>
        ${refreshing ? html`<a class="button" href="/calls?${keep.slice(1)}">Stop refreshing</a>` : html`<a class="button" href="/calls?refresh=1${keep}">Refresh by itself</a>`}
      </p>
      <section class="card">
        ${
          kept.length > 0
            ? html`<ul class="list">
                ${kept.slice(0, SHOWN).map(callItem)}
              </ul>`
            : html`<p class="small">No call yet.</p>`
        }
      </section>`,
  });
}
