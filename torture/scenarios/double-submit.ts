import { randomBytes } from "node:crypto";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { checkBooks } from "../tools/check-ledger";
import { startDoku } from "../tools/doku";
import { hiddenFieldsOf, submit } from "../tools/forms";
import { inPlace, queryAt, startMortal } from "../tools/environments";

const AT_ONCE = 8;
const KEYS_TOGETHER = 4;

/** The same cart ordered eight times at once, and then its payment form sent eight times at once. */
export const doubleSubmit = ({ keys }) =>
  inPlace(place, async ({ app, doku, query }) => {
    const words = [];
    const creates = new Map();
    for (let done = 0; done < keys; done += KEYS_TOGETHER) {
      const batch = Array.from(
        { length: Math.min(KEYS_TOGETHER, keys - done) },
        (_, at) => `Pembeli ${done + at}`,
      );
      await Promise.all(batch.map((name) => shopAs(name, { app, words })));
      // The simulator remembers its last thousand calls: counted while they are there.
      await countCreates(await doku.calls(), creates);
    }
    const [made] = await query(`select (select count(*)::int from orders) as orders,
      (select count(*)::int from payments) as payments`);
    const codes = (await doku.codes()).length;
    const check = await checkBooks(query, {});
    const repeated = [...creates.values()].filter((times) => times.size > 1).length;
    if (made.orders < keys) words.push(`${keys} carts made ${made.orders} orders`);
    if (creates.size !== keys) words.push(`DOKU was asked for ${creates.size} codes, for ${keys} carts`);
    return {
      what: `the same form ${AT_ONCE} times at once`,
      howMany: `${keys} carts: ${made.orders} orders, ${creates.size} creates, ${codes} codes`,
      ...check,
      twice:
        Math.max(0, made.orders - keys) +
        Math.max(0, made.payments - keys) +
        Math.max(0, codes - keys) +
        repeated,
      wrong: check.wrong + words.length,
      words: [...check.words, ...words.slice(0, 5)],
    };
  });

async function place(later) {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  const doku = await startDoku("http://127.0.0.1:9/api/doku/notifications");
  later(() => doku.stop());
  const app = await startMortal({ DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port });
  later(() => app.end());
  return { app, doku, query: queryAt(databaseUrl) };
}

const times = (make) => Promise.all(Array.from({ length: AT_ONCE }, make));

async function shopAs(name, { app, words }) {
  const cart = `${randomBytes(16).toString("base64url")}~voucher-kelas:1`;
  const shop = await hiddenFieldsOf(`${app.address}/`, {
    holding: "cart",
    cookie: `cart=${encodeURIComponent(cart)}`,
  });
  const ordered = new Set(await times(() => submit(`${app.address}/`, { ...shop, cart })));
  const [checkout] = ordered;
  if (ordered.size !== 1 || !checkout?.includes("/checkout/"))
    return void words.push(`a cart led to ${[...ordered].join(", ")}`);
  const address = new URL(checkout, app.address).href;
  const form = await hiddenFieldsOf(address, { holding: "orderId" });
  const paid = new Set(
    await times(() => submit(address, { ...form, channel: "alfa", name, phone: "", email: "" })),
  );
  const [payment] = paid;
  if (paid.size !== 1 || !payment?.includes("/pay/")) words.push(`a form led to ${[...paid].join(", ")}`);
}

/** Request-Ids by invoice: one invoice, and one Request-Id for it, is one creation, however often it was sent. */
function countCreates(calls, creates) {
  for (const { direction, method, body, headers } of calls) {
    if (direction !== "received" || method !== "POST") continue;
    const invoice = JSON.parse(body).order?.invoice_number;
    const requestId = Object.entries(headers).find(([name]) => name.toLowerCase() === "request-id")?.[1];
    creates.set(invoice, (creates.get(invoice) ?? new Set()).add(requestId));
  }
}
