import { clockView } from "../control/views";
import { wibForPeople } from "../core/wib-time";
import { nowOf, type World } from "../core/world";
import type { Answer } from "../wire/http";
import { html, type Html } from "./html";

export type Page = {
  title: string;
  body: Html;
  /** path of the menu entry this page belongs to */
  current?: string;
  status?: number;
  refreshSeconds?: number | undefined;
  /** origins a form on this page may end at by a redirect, beside our own */
  formTargets?: string[];
};

const menu = [
  { path: "/", name: "Home" },
  { path: "/till", name: "Till" },
  { path: "/calls", name: "Calls" },
  { path: "/faults", name: "Faults" },
];

/** `same-origin` and not `no-referrer`: under the latter browsers send `Origin: null` with our own forms. */
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

function clockLine(world: World): Html {
  const { offsetSeconds } = clockView(world);
  const moved = offsetSeconds === 0 ? "" : html` <b>(moved ${duration(offsetSeconds)})</b>`;
  return html`<p class="clock-line">${wibForPeople(nowOf(world))}${moved}</p>`;
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

export function pageAnswer(world: World, page: Page): Answer {
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
        <header>${navigation(current)}${clockLine(world)}</header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return {
    kind: "answer",
    status,
    body: document.text,
    contentType: "text/html; charset=utf-8",
    headers: securityHeaders(formTargets),
  };
}

export const seeOther = (location: string): Answer => ({
  kind: "answer",
  status: 303,
  body: "",
  contentType: "text/plain",
  headers: { Location: location, "Cache-Control": "no-store", "Referrer-Policy": "same-origin" },
});

export const notFoundPage = (world: World): Answer =>
  pageAnswer(world, {
    title: "Not here",
    status: 404,
    body: html`<p>The simulator has no such page. <a href="/">Go home</a></p>`,
  });
