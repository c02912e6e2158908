import type { World } from "../core/world";
import { codeState } from "../core/world";
import { wibForPeople } from "../core/wib-time";
import { findByToken, instructionsOf } from "../doku/how-to-pay";
import type { Answer } from "../wire/http";
import { html, inFours, rupiah } from "./html";
import { notFoundPage, pageAnswer } from "./layout";

/** DOKU's how-to-pay page, in our words (protocol 7). */
export function howToPayPage(world: World, slug: string, code: string, token: string): Answer {
  const bill = findByToken(world, slug, code, token);
  if (!bill) return notFoundPage(world);
  const guides = instructionsOf(bill).map(
    (guide) =>
      html`<section class="card" lang="${guide.language.toLowerCase()}">
        <h2>${guide.channel} (${guide.language})</h2>
        <ol>
          ${guide.step.map((step) => html`<li>${step.replaceAll(/<\/?b>/g, "")}</li>`)}
        </ol>
      </section>`,
  );
  return pageAnswer(world, {
    title: "How to pay",
    body: html`<section class="card">
        <p class="code big">${inFours(bill.code)}</p>
        <p class="amount">${rupiah(bill.amount)}</p>
        <p class="small">${codeState(world, bill)} until ${wibForPeople(new Date(bill.expiresAt))}</p>
      </section>
      <div class="grid two">${guides}</div>`,
  });
}
