import { currentCodeState } from "../core/sandbox";
import { wibForPeople } from "../core/wib-time";
import { findByToken, listInstructions } from "../doku/how-to-pay";
import { html, groupDigits, rupiah } from "./html";
import { notFoundPage, renderPage } from "./layout";
import type { PageContext } from "./page-context";

/** DOKU's how-to-pay page, with the simulator's own texts (protocol 7). */
export function howToPayPage(c: PageContext) {
  const { sandbox } = c.var;
  const { slug = "", code = "", token = "" } = c.req.param();
  const bill = findByToken(sandbox, slug, code, token);
  if (!bill) return notFoundPage(c);
  const guides = listInstructions(bill).map(
    (guide) =>
      html`<section class="card" lang="${guide.language.toLowerCase()}">
        <h2>${guide.channel} (${guide.language})</h2>
        <ol>
          ${guide.step.map((step) => html`<li>${step.replaceAll(/<\/?b>/g, "")}</li>`)}
        </ol>
      </section>`,
  );
  return renderPage(c, {
    title: "How to pay",
    body: html`<section class="card">
        <p class="code big">${groupDigits(bill.code)}</p>
        <p class="amount">${rupiah(bill.amount)}</p>
        <p class="small">
          ${currentCodeState(sandbox, bill)} until ${wibForPeople(new Date(bill.expiresAt))}
        </p>
      </section>
      <div class="grid two">${guides}</div>`,
  });
}
