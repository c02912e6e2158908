import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Order } from "./orders";
import { products } from "./products";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const rupiah = (amount: number): string => `Rp${amount.toLocaleString("id-ID")}`;

const page = (title: string, body: Html, refreshSeconds?: number): Html =>
  html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${refreshSeconds === undefined ? "" : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${title} · Dapur Nusa</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <a class="brand" href="/">Dapur Nusa</a>
          <nav><a href="/">Belanja</a><a href="/orders">Pesanan</a></nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>Toko contoh: program terpisah yang hanya memakai API.</footer>
      </body>
    </html>`;

export const shopPage = (problem?: string): Html =>
  page(
    "Dari dapur kami",
    html`${problem === undefined ? "" : html`<p class="problem" role="alert">${problem}</p>`}
      <form method="post" action="/orders">
        <ul class="products">
          ${products.map(
            ({ id, name, price }) =>
              html`<li>
                <label for="${id}"><b>${name}</b><span>${rupiah(price)}</span></label>
                <input id="${id}" name="${id}" type="number" inputmode="numeric" min="0" max="20" value="0" />
              </li>`,
          )}
        </ul>
        <button>Bayar di Alfamart, Indomaret, atau nanti</button>
      </form>`,
  );

const statusText: Record<Order["status"], string> = {
  open: "Belum dibayar",
  paid: "Sudah dibayar",
  expired: "Waktu habis",
  cancelled: "Dibatalkan",
  refunded: "Uang dikembalikan",
};

const badge = ({ status }: Order): Html => html`<span class="badge ${status}">${statusText[status]}</span>`;

export const ordersPage = (orders: readonly Order[]): Html =>
  page(
    "Pesanan",
    orders.length === 0
      ? html`<p>Belum ada pesanan.</p>`
      : html`<ul class="orders">
          ${orders.map(
            (order) =>
              html`<li>
                <a href="/orders/${order.id}">${order.id}</a> ${badge(order)}
                <span>${rupiah(order.total)}</span>
              </li>`,
          )}
        </ul>`,
    5,
  );

/** Where the buyer returns to. Coming back proves nothing: only the webhook makes an order paid. */
export const orderPage = (order: Order): Html =>
  page(
    `Pesanan ${order.id}`,
    html`<p>${badge(order)}</p>
      ${
        order.status === "open"
          ? html`<p>Kami menunggu kabar pembayaran. Halaman ini memeriksa sendiri.</p>
              <form method="post" action="/orders/${order.id}/pay"><button>Lanjut bayar</button></form>`
          : ""
      }
      ${order.timesPacked > 0 ? html`<p>Terima kasih. Pesanan sedang disiapkan.</p>` : ""}
      <ul class="lines">
        ${order.lines.map(
          ({ name, quantity, price }) =>
            html`<li>${quantity} × ${name} <span>${rupiah(price * quantity)}</span></li>`,
        )}
        <li><b>Total</b> <b>${rupiah(order.total)}</b></li>
      </ul>`,
    order.status === "open" ? 2 : undefined,
  );

export const missingPage = (): Html => page("Tidak ada di sini", html`<p><a href="/">Ke toko</a></p>`);

export const style = `
:root { color-scheme: light dark; --ground: #fdf6ec; --card: #fff; --ink: #2d2018; --second: #6b5646; --line: #e6d8c6;
  --accent: #9a3412; --on-accent: #fff; --good: #166534; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1512; --card: #261e19; --ink: #f3e9df; --second: #c3b1a2;
  --line: #43362d; --accent: #fdba74; --on-accent: #2d1606; --good: #86efac; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 40rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; padding-top: 1rem; }
.brand { font-size: 1.25rem; font-weight: 800; text-decoration: none; }
a { color: inherit; } nav a { display: inline-flex; min-height: 44px; align-items: center; padding: 0 .6rem; }
h1 { font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; margin: 0 0 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: center; padding: .75rem 1rem; }
li + li { border-top: 1px solid var(--line); }
label { display: grid; } label span { color: var(--second); }
input { width: 5.5rem; min-height: 44px; font: inherit; padding: 0 .6rem; border: 1px solid var(--second); border-radius: 10px; background: var(--card); color: inherit; }
button { min-height: 48px; width: 100%; font: inherit; font-weight: 700; border: 0; border-radius: 12px; background: var(--accent); color: var(--on-accent); }
.badge { border: 1px solid currentColor; border-radius: 99px; padding: .1rem .7rem; font-size: .9rem; }
.badge.paid { color: var(--good); font-weight: 700; }
.problem { border-left: 4px solid var(--accent); padding-left: .75rem; }
footer { color: var(--second); font-size: .9rem; padding-bottom: 2rem; }
`;
