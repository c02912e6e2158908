import type { SeededPayment } from "../../bench/seed";
import { pause } from "../../test/harness/processes";
import { verifyWebhook, WebhookReceiver } from "../../test/harness/webhook-receiver";
import type { ReceivedWebhook, VerifiedWebhook } from "../../test/harness/webhook-receiver";
import type { Scenario } from "../scenario";
import { startAppOnPostgres, withEnvironment } from "../tools/environments";
import { startLoad } from "../tools/load";
import type { Query } from "../tools/query";

const PAYMENTS_PER_CYCLE = 400;
const WAIT_MS = 120_000;
const secret = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;

/** What the merchant's server knows, each event once. */
type Known = { events: Map<string, VerifiedWebhook>; notVerified: number };

function take(known: Known, message: ReceivedWebhook): void {
  try {
    known.events.set(message.id, verifyWebhook(secret, message));
  } catch {
    known.notVerified += 1;
  }
}

/**
 * `kill -9` of the app under load, with a merchant's server that refuses one message in ten: every payment is told in the
 * end, and as one event.
 */
export const webhooks: Scenario<{ cycles: number }> = ({ cycles, random }) =>
  withEnvironment(startAppOnPostgres, async ({ app, query, seed }) => {
    const known: Known = { events: new Map(), notVerified: 0 };
    const receiver = await WebhookReceiver.start((message) => {
      // At once, because a signature counts for five minutes.
      take(known, message);
      return random.chance(0.1) ? 500 : 204;
    });
    await query(
      `insert into webhook_endpoints (id, url, secret, created_by, created_at)
      values ('we_torture', '${receiver.url}', '${secret}', 'system', now())`,
    );
    const payments: SeededPayment[] = [];
    const load = startLoad({ payments, random, address: () => app.address });
    try {
      for (let cycle = 1; cycle <= cycles; cycle++) {
        while (payments.length < PAYMENTS_PER_CYCLE) payments.push(...(await seed(PAYMENTS_PER_CYCLE)));
        await pause(random.between(300, 1200));
        const acknowledged = load.nextAck();
        await app.kill();
        await app.start();
        await acknowledged;
      }
    } finally {
      await load.stop();
    }
    const left = await waitUntilDelivered(query);
    const { missing, repeated, paid } = await compare(query, known);
    await receiver.close();
    const problems = [
      ...(left > 0 ? [`${left} rows or messages were still waiting after ${WAIT_MS / 1000} s`] : []),
      ...(known.notVerified > 0 ? [`${known.notVerified} messages were not signed with the secret`] : []),
    ];
    return {
      what: "webhooks, kill -9 of the app",
      howMany: `${cycles} times, ${paid} paid, ${receiver.received.length} messages of ${known.events.size} events`,
      lost: missing,
      twice: repeated,
      wrong: problems.length,
      problems,
    };
  });

/** Messages that the merchant refused are brought forward: a trial does not wait five minutes. @returns how many are left */
async function waitUntilDelivered(query: Query): Promise<number> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    await query("update webhook_deliveries set due_at = now() where status = 'pending' and due_at > now()");
    const [row] = await query<{ left: number }>(
      `select (select count(*) from outbox)::int
        + (select count(*) from webhook_deliveries where status = 'pending')::int as left`,
    );
    if (!row || row.left === 0 || performance.now() > until) return row?.left ?? 0;
    await pause(500);
  }
}

async function compare(query: Query, known: Known) {
  const paid = await query<{ id: string }>("select id from orders where paid_at is not null");
  const events = new Map<string, number>();
  for (const { type, data } of known.events.values())
    if (type === "checkout_session.paid")
      events.set(String(data["id"]), (events.get(String(data["id"])) ?? 0) + 1);
  const counts = paid.map(({ id }) => events.get(`cs_${id}`) ?? 0);
  return {
    paid: paid.length,
    missing: counts.filter((count) => count === 0).length,
    repeated: counts.filter((count) => count > 1).length,
  };
}
