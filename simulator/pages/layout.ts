import { clockView } from "../control/views";
import { wibForPeople } from "../core/wib-time";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { currentTime, type Sandbox } from "../core/sandbox";
import type { PageContext } from "./page-context";
import { html, type Html } from "./html";

export type Page = {
  title: string;
  body: Html;
  /** path of the menu entry this page belongs to */
  current?: string;
  status?: ContentfulStatusCode;
  refreshSeconds?: number | undefined;
  /** origins that a form on this page may end at by a redirect, beside the simulator's own */
  formTargets?: string[];
};

const menu = [
  { path: "/", name: "Home" },
  { path: "/till", name: "Till" },
  { path: "/calls", name: "Calls" },
  { path: "/webhooks", name: "Webhooks" },
  { path: "/faults", name: "Faults" },
];

/** `same-origin` and not `no-referrer`: under the latter browsers send `Origin: null` with the simulator's own forms. */
export function securityHeaders(formTargets: string[] = []): Record<string, string> {
  const targets = ["'self'", ...formTargets].join(" ");
  return {
    "Content-Security-Policy": `default-src 'none'; style-src 'self'; img-src 'self'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Emulator": "doku-sandbox",
  };
}

function navigation(current: string | undefined): Html {
  const links = menu.map(
    ({ path, name }) =>
      html`<li><a href="${path}" ${path === current ? html` aria-current="page"` : ""}>${name}</a></li>`,
  );
  return html`<nav aria-label="Simulator">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

function clockLine(sandbox: Sandbox): Html {
  const { offsetSeconds } = clockView(sandbox);
  const moved = offsetSeconds === 0 ? "" : html` <b>(moved ${duration(offsetSeconds)})</b>`;
  return html`<p class="clock-line">${wibForPeople(currentTime(sandbox))}${moved}</p>`;
}

/** `6 h 30 min`, largest parts first. */
export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const named = parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`);
  return named.slice(0, 2).join(" ") || "0 s";
}

export function renderPage(c: PageContext, page: Page): Response | Promise<Response> {
  const { sandbox } = c.var;
  const { title, body, current, status = 200, refreshSeconds, formTargets } = page;
  const refresh = refreshSeconds ? html`<meta http-equiv="refresh" content="${refreshSeconds}" />` : "";
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${refresh}
        <title>${title} · DOKU simulator</title>
        <link rel="icon" href="/simulator/icon.svg" />
        <link rel="stylesheet" href="/simulator/style.css" />
      </head>
      <body>
        <div class="ribbon" role="note">
          <b>SIMULATOR</b> <span>Not DOKU, not a store. No real money moves here.</span>
        </div>
        <header>${navigation(current)}${clockLine(sandbox)}</header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return c.html(document, status, {
    "Content-Type": "text/html; charset=utf-8",
    ...securityHeaders(formTargets),
  });
}

export function seeOther(c: PageContext, location: string): Response {
  c.header("Cache-Control", "no-store");
  c.header("Referrer-Policy", "same-origin");
  return c.redirect(location, 303);
}

export const notFoundPage = (c: PageContext) =>
  renderPage(c, {
    title: "Not here",
    status: 404,
    body: html`<p>The simulator has no such page. <a href="/">Go home</a></p>`,
  });
