import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Message } from "../../simulator/messages";
import { addApiKey, noApiLimit } from "../api-key";
import type { Benchmark, Row } from "../benchmark";
import { withSender } from "../send";
import type { LoadResult, Sender } from "../send";
import { median, ratio, spread } from "../statistics";

const CALLERS = 8;
const ROUNDS = 7;
/** Of each round; BENCH_SESSIONS=100 is enough to try it. */
const PER_ROUND = Number(process.env["BENCH_SESSIONS"] ?? 1000);
const WARM_UP = 2 * PER_ROUND;
const MIN_RATIO = 0.35;

type Round = Record<"nothing" | "created" | "withoutKey", LoadResult>;

/** Checkout sessions created in a second, compared with a route that only reads the body, in turns with the same bytes. */
export const apiSessions: Benchmark = ({ getBuild }) => {
  const options = { name: "bench_sessions", senders: CALLERS, env: noApiLimit };
  return withSender(getBuild(), options, async ({ sender, database }) => {
    const headers = await addApiKey(database);
    const rounds = await takeTurns(sender, headers);
    await proveAllCreated(database, WARM_UP + ROUNDS * PER_ROUND);
    return toRows(rounds);
  });
};

async function takeTurns({ send }: Sender, headers: Message["headers"]): Promise<Round[]> {
  const create = (messages: Message[]) => send("/api/v1/checkout_sessions", messages, { expected: 201 });
  const turn = async (count: number): Promise<Round> => {
    const messages = Array.from({ length: count }, () => toMessage(headers));
    const nothing = await send("/api/doku/bench-nothing", messages);
    const created = await create(messages.map(addIdempotencyKey));
    // Other references: one belongs to one open session.
    return { nothing, created, withoutKey: await create(messages.map(() => toMessage(headers))) };
  };
  await turn(WARM_UP);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await turn(PER_ROUND));
  return rounds;
}

/** A cart of two lines, with all that a shop usually knows. */
function toMessage(headers: Message["headers"]): Message {
  const reference = randomUUID();
  const body = {
    reference,
    line_items: [
      { name: "Kopi Gayo 250 g", price: 92_000, quantity: 1 },
      { name: "Cangkir tanah liat", price: 35_000, quantity: 2, shippable: true },
    ],
    customer: { name: "Sari Dewi", email: "sari@example.com", phone: "0812-3456-7890" },
    success_url: "https://web-shop.example/thanks?session={CHECKOUT_SESSION_ID}",
    metadata: { cart: reference },
  };
  return { headers, body: JSON.stringify(body) };
}

const addIdempotencyKey = ({ headers, body }: Message): Message => ({
  headers: { ...headers, "idempotency-key": randomUUID() },
  body,
});

/** Each round creates as many with an `Idempotency-Key` as without. */
async function proveAllCreated(database: string, sent: number): Promise<void> {
  const sql = postgres(database, { max: 1 });
  const [counts] = await sql<Record<"sessions" | "orders" | "answers", number>[]>`
    select (select count(*)::int from checkout_sessions) as sessions, (select count(*)::int from orders) as orders,
      (select count(*)::int from idempotency_keys where http_status = 201) as answers`;
  await sql.end();
  if (counts?.sessions !== 2 * sent || counts.orders !== 2 * sent || counts.answers !== sent)
    throw new Error(`${2 * sent} were answered 201, but the database holds ${JSON.stringify(counts)}.`);
}

function toRows(rounds: Round[]): Row[] {
  const perSecond = (which: keyof Round) =>
    `${Math.round(median(rounds.map((round) => round[which].perSecond)))}/s`;
  const baseline = `a route that only reads the body: ${perSecond("nothing")}`;
  const compare = (which: keyof Round) => {
    const ratios = rounds.map((round) => round[which].perSecond / round.nothing.perSecond);
    return {
      least: median(ratios),
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
    };
  };
  const [created, withoutKey] = [compare("created"), compare("withoutKey")];
  const p99 = median(rounds.map((round) => round.created.p99));
  return [
    {
      figure: `checkout sessions created with an Idempotency-Key, ${CALLERS} callers`,
      seen: `${perSecond("created")}, p99 ${Math.round(p99)} ms`,
      goal: `at least ${MIN_RATIO.toFixed(2)} x`,
      reached: created.least >= MIN_RATIO,
      baseline,
      ratio: created.ratio,
      rounds: `median of ${ROUNDS} x ${PER_ROUND}; all found in the database`,
    },
    {
      figure: "the same without an Idempotency-Key",
      seen: perSecond("withoutKey"),
      baseline,
      ratio: withoutKey.ratio,
      rounds: `median of ${ROUNDS} x ${PER_ROUND}; all found in the database`,
    },
  ];
}
