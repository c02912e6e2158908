import { randomBytes } from "node:crypto";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import type { Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startDoku } from "../tools/doku";
import type { RecordedCall } from "../tools/doku";
import { startKillableApp, withEnvironment } from "../tools/environments";
import type { CloseLater } from "../tools/environments";
import { fetchHiddenFields, submitForm } from "../tools/forms";
import { createQuery } from "../tools/query";

const AT_ONCE = 8;
const KEYS_TOGETHER = 4;

/** By invoice number the Request-Ids of its create requests. */
type Creates = Map<string, Set<string>>;

/** Submits the same cart eight times at once, and then its payment form eight times at once. */
export const doubleSubmit: Scenario<{ keys: number }> = ({ keys }) =>
  withEnvironment(startEnvironment, async ({ app, doku, query }) => {
    const problems: string[] = [];
    const creates: Creates = new Map();
    for (let done = 0; done < keys; done += KEYS_TOGETHER) {
      const names = Array.from(
        { length: Math.min(KEYS_TOGETHER, keys - done) },
        (_, at) => `Pembeli ${done + at}`,
      );
      await Promise.all(names.map((name) => shopAs(name, { address: app.address, problems })));
      // Counted in between, because the simulator keeps only its last thousand calls.
      countCreates(await doku.listCalls(), creates);
    }
    const [made] = await query<{ orders: number; payments: number }>(
      `select (select count(*)::int from orders) as orders,
      (select count(*)::int from payments) as payments`,
    );
    const { orders, payments } = made ?? { orders: 0, payments: 0 };
    const codes = (await doku.listCodes()).length;
    const check = await checkLedger(query);
    const repeated = [...creates.values()].filter((requestIds) => requestIds.size > 1).length;
    if (orders < keys) problems.push(`${keys} carts made ${orders} orders`);
    if (creates.size !== keys) problems.push(`DOKU was asked for ${creates.size} codes, for ${keys} carts`);
    return {
      ...check,
      what: `the same form ${AT_ONCE} times at once`,
      howMany: `${keys} carts: ${orders} orders, ${creates.size} creates, ${codes} codes`,
      twice: Math.max(0, orders - keys) + Math.max(0, payments - keys) + Math.max(0, codes - keys) + repeated,
      wrong: check.wrong + problems.length,
      problems: [...check.problems, ...problems.slice(0, 5)],
    };
  });

async function startEnvironment(later: CloseLater) {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  const doku = await startDoku("http://127.0.0.1:9/api/doku/notifications");
  later(() => doku.stop());
  const app = await startKillableApp({ DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port });
  later(() => app.kill());
  return { app, doku, query: createQuery(databaseUrl) };
}

const submitTogether = (submit: () => Promise<string>) =>
  Promise.all(Array.from({ length: AT_ONCE }, submit));

async function shopAs(
  name: string,
  { address, problems }: { address: string; problems: string[] },
): Promise<void> {
  const cart = `${randomBytes(16).toString("base64url")}~voucher-kelas:1`;
  const shop = await fetchHiddenFields(`${address}/`, {
    holding: "cart",
    cookie: `cart=${encodeURIComponent(cart)}`,
  });
  const checkouts = new Set(await submitTogether(() => submitForm(`${address}/`, { ...shop, cart })));
  const [checkout] = checkouts;
  if (checkouts.size !== 1 || !checkout?.includes("/checkout/"))
    return void problems.push(`a cart led to ${[...checkouts].join(", ")}`);
  const url = new URL(checkout, address).href;
  const form = await fetchHiddenFields(url, { holding: "orderId" });
  const fields = { ...form, channel: "alfa", name, phone: "", email: "" };
  const payments = new Set(await submitTogether(() => submitForm(url, fields)));
  const [payment] = payments;
  if (payments.size !== 1 || !payment?.includes("/pay/"))
    problems.push(`a form led to ${[...payments].join(", ")}`);
}

/** One invoice with one Request-Id is one creation, however often the request was sent. */
function countCreates(calls: RecordedCall[], creates: Creates): void {
  for (const { direction, method, body, headers } of calls) {
    if (direction !== "received" || method !== "POST") continue;
    const content: { order?: { invoice_number?: string } } = JSON.parse(body);
    const invoice = content.order?.invoice_number ?? "";
    const requestId = Object.entries(headers).find(([name]) => name.toLowerCase() === "request-id")?.[1];
    creates.set(invoice, (creates.get(invoice) ?? new Set()).add(requestId ?? ""));
  }
}
