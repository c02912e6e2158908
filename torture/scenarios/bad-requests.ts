import { gzipSync } from "node:zlib";
import type { SeededPayment } from "../../bench/seed";
import type { Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startAppOnPostgres, withEnvironment } from "../tools/environments";
import type { AppOnPostgres } from "../tools/environments";
import { countStatus, post } from "../tools/load";
import type { Statuses } from "../tools/load";
import { createMessage, target } from "../tools/messages";
import type { TestMessage } from "../tools/messages";
import { isSame, mutate } from "../tools/mutants";
import type { Mutant } from "../tools/mutants";
import { flipBit } from "../tools/mutant-bodies";
import type { Random } from "../tools/random";
import { sendRaw, toChunkedBody, toChunks } from "../tools/raw-http";
import type { RawHeaders, RawRequest } from "../tools/raw-http";

const AT_ONCE = 16;
const PAYMENTS = 50;

type Found = {
  accepted: string[];
  serverErrors: string[];
  statuses: Statuses;
  /** By Request-Id, what was sent. */
  descriptions: Map<string, string>;
};

/** Mutants over sockets: in headers, body, framing and path. None is accepted, none gives a server error. */
export const badRequests: Scenario<{ mutants: number }> = ({ mutants, random }) =>
  withEnvironment(startAppOnPostgres, async (environment) => {
    const payments = await environment.seed(PAYMENTS);
    const port = Number(new URL(environment.app.address).port);
    const found: Found = { accepted: [], serverErrors: [], statuses: {}, descriptions: new Map() };
    let left = mutants;
    const work = async () => {
      while (left-- > 0) await sendMutant(createMessage(random.pick(payments)), { port, random, found });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const after = await checkAfterwards(environment, payments, found);
    return {
      what: "bad inputs, over HTTP",
      howMany: String(mutants),
      lost: 0,
      twice: 0,
      wrong: found.accepted.length + found.serverErrors.length + after.length,
      problems: [...found.accepted.slice(0, 5), ...found.serverErrors.slice(0, 5), ...after],
      note: `answers ${JSON.stringify(found.statuses)} (0: hung up without one)`,
    };
  });

/** Nothing has changed, and a good message is still accepted. */
async function checkAfterwards(
  { app, query }: AppOnPostgres,
  [payment]: SeededPayment[],
  found: Found,
): Promise<string[]> {
  const problems: string[] = [];
  for (const { request_id } of await query<{ request_id: string }>(
    `select request_id from notifications where verdict <> 'rejected'`,
  ))
    problems.push(`the database took: ${found.descriptions.get(request_id) ?? request_id}`);
  const [receipts] = await query<{ paid: number }>(`select count(*)::int as paid from receipts`);
  if (receipts?.paid !== 0) problems.push(`${receipts?.paid} payments count as paid`);
  if (!app.isAlive()) problems.push("the app died");
  if (!payment) throw new Error("No payment was seeded.");
  const message = createMessage(payment);
  const status = await post(app.address, message, { timeoutMs: 10_000 });
  if (status !== 200) problems.push(`a good message afterwards was answered ${status}`);
  const sent = { acked: new Map([[message.requestId, message]]), sent: new Set([payment.invoice]) };
  return [...problems, ...(await checkLedger(query, sent)).problems];
}

type Attempt = { port: number; random: Random; found: Found };

async function sendMutant(message: TestMessage, { port, random, found }: Attempt): Promise<void> {
  const [how, shape] = random.pick(shapes);
  const mutant = mutate(message, random);
  const bad = isSame(mutant, message)
    ? { ...mutant, body: Buffer.concat([mutant.body, Buffer.from(" ")]) }
    : mutant;
  const request = shape({ bad, good: message, random });
  const status = await sendRaw({ port, ...request });
  const head = request.chunks[0]?.toString("latin1") ?? "";
  const [, method = "", path = ""] = /^(\S+) (\S{1,60})/.exec(head) ?? [];
  const description = `${how}, ${bad.how}, to ${path}`;
  found.descriptions.set(message.requestId, `${description}, answered ${status}`);
  countStatus(found.statuses, status);
  if (status >= 200 && status < 300) found.accepted.push(`${status}: ${description}`);
  if (status >= 500 && !isAnsweredByNext(method, path)) found.serverErrors.push(`${status}: ${description}`);
}

/**
 * Next answers 500 to a target that is no path and to a method that its Request cannot have, before our code runs. The proxy
 * in front refuses both (README).
 */
const isAnsweredByNext = (method: string, path: string) => path === "*" || method === "TRACE";

type Input = { bad: Mutant; good: TestMessage; random: Random };
type Shape = (input: Input) => RawRequest;
type Rest = Partial<Parameters<typeof toChunks>[0]>;

const toPairs = ({ headers }: { headers: Record<string, string> }): RawHeaders => Object.entries(headers);
const contentLength = (body: Buffer): RawHeaders[number] => ["Content-Length", String(body.length)];
const chunkedCoding: RawHeaders[number] = ["Transfer-Encoding", "chunked"];
const host: RawHeaders[number] = ["Host", "127.0.0.1"];
const plain = ({ bad }: Pick<Input, "bad">, more: RawHeaders = [], rest: Rest = {}): RawRequest => ({
  chunks: toChunks({
    path: target,
    headers: [host, ...toPairs(bad), contentLength(bad.body), ...more],
    body: bad.body,
    ...rest,
  }),
});
/** A request with headers and a body that do not fit together. */
const framed = (headers: RawHeaders, body: Buffer, rest: Rest = {}): RawRequest => ({
  chunks: toChunks({ path: target, headers: [host, ...headers], body, ...rest }),
});
const toBytes = ({ body }: TestMessage) => Buffer.from(body);

const paths = [
  "*",
  `${target}/`,
  `/${target}`,
  `${target}?x=1`,
  `${target}%00`,
  `${target}/%zz`,
  `${target}%2f..`,
  "/api/doku/%6Eotifications",
  "/api//doku/notifications",
  `/x/..${target}`,
  `/.${target}`,
  `${target};a=b`,
  `${target}#x`,
  "/api/doku/NOTIFICATIONS",
  `http://evil.example${target}`,
  "/%ff%fe",
  `${target}${"/x".repeat(500)}`,
  `/_next/data/x${target}.json`,
  `${target}.rsc`,
];
const unusualHeaders: RawHeaders = [
  ["x-middleware-subrequest", "proxy:proxy:proxy:proxy:proxy"],
  ["next-action", "x"],
  ["rsc", "1"],
  ["next-router-state-tree", "%5B%22"],
  ["x-forwarded-host", "evil.example"],
  ["content-encoding", "br"],
  ["content-type", "multipart/form-data; boundary=x"],
  ["content-type", "text/x-component"],
  ["expect", "100-continue"],
  ["connection", "upgrade, http2-settings"],
  ["range", "bytes=0-1"],
  ["cookie", "a".repeat(3000)],
  ["origin", "null"],
  ["x-http-method-override", "GET"],
  ["x-nextjs-data", "1"],
  ["x-matched-path", "/"],
  ["x-invoke-path", "/"],
  ["x-invoke-status", "500"],
  ["transfer-encoding", "identity"],
];

const shapes = Object.entries<Shape>({
  "a plain mutant": (made) => plain(made),
  "a mutant again": (made) => plain(made),
  "another method": (made) =>
    plain(made, [], {
      method: made.random.pick(["GET", "PUT", "PATCH", "DELETE", "post", "TRACE", "BREW", "P OST"]),
    }),
  "another path": (made) => plain(made, [], { path: made.random.pick(paths) }),
  "a strange header": (made) => plain(made, [made.random.pick(unusualHeaders)]),
  "many headers": (made) =>
    plain(
      made,
      Array.from({ length: made.random.pick([100, 1500, 3000]) }, (_, at): RawHeaders[number] => [
        `x-${at}`,
        "y",
      ]),
    ),
  "a long header": (made) => plain(made, [["x-long", "y".repeat(made.random.pick([8000, 17_000, 100_000]))]]),
  "another version": (made) =>
    plain(made, [], { version: made.random.pick(["1.0", "0.9", "2.0", "3.0", "1.2", "9.9", "x"]) }),
  "bare line feeds": (made) => plain(made, [], { lineEnd: "\n" }),
  "carriage returns alone": (made) => plain(made, [], { lineEnd: "\r" }),
  pieces: ({ bad, random }) =>
    framed([...toPairs(bad), chunkedCoding], toChunkedBody(bad.body, random.between(1, 200))),
  "pieces with bad lengths": ({ bad, random }) =>
    framed(
      [...toPairs(bad), chunkedCoding],
      Buffer.concat([
        Buffer.from(
          random.pick(["zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "5;x=y\r\n", "\r\n", "0x5\r\n"]),
        ),
        bad.body,
        Buffer.from("\r\n0\r\n\r\n"),
      ]),
    ),
  "a length and pieces": ({ bad }) =>
    framed([...toPairs(bad), contentLength(bad.body), chunkedCoding], toChunkedBody(bad.body, 50)),
  "pieces of pieces": ({ bad }) =>
    framed(
      [...toPairs(bad), ["Transfer-Encoding", "chunked, chunked"]],
      toChunkedBody(toChunkedBody(bad.body, 50), 50),
    ),
  "two lengths": ({ bad }) =>
    framed([...toPairs(bad), contentLength(bad.body), ["Content-Length", "1"]], bad.body),
  "no length": ({ bad }) => framed(toPairs(bad), bad.body),
  "no host": ({ bad }) => ({
    chunks: toChunks({ path: target, headers: [...toPairs(bad), contentLength(bad.body)], body: bad.body }),
  }),
  "a good one cut short": ({ good, random }) =>
    framed([...toPairs(good), ["Content-Length", String(random.below(toBytes(good).length))]], toBytes(good)),
  "a good one that ends too soon": ({ good, random }) =>
    framed(
      [...toPairs(good), ["Content-Length", String(toBytes(good).length + random.between(1, 1000))]],
      toBytes(good),
    ),
  "a good one of a bad length": ({ good, random }) =>
    framed(
      [...toPairs(good), ["Content-Length", random.pick(["-1", "1e3", "0x10", "9".repeat(30), "abc", " "])]],
      toBytes(good),
    ),
  "a good one, signature twice": ({ good }) =>
    framed(
      [...toPairs(good), ["Signature", good.headers["signature"] ?? ""], contentLength(toBytes(good))],
      toBytes(good),
    ),
  "a good one, Request-Id twice": ({ good }) =>
    framed([...toPairs(good), ["request-id", "another"], contentLength(toBytes(good))], toBytes(good)),
  "a good one, compressed": ({ good }) =>
    framed(
      [...toPairs(good), ["Content-Encoding", "gzip"], contentLength(gzipSync(toBytes(good)))],
      gzipSync(toBytes(good)),
    ),
  "a good one, folded": ({ good }) =>
    framed(
      [
        ...toPairs(good).map(([name, value]): RawHeaders[number] => [
          name,
          value.replace(/^(.{8})/, "$1\r\n "),
        ]),
        contentLength(toBytes(good)),
      ],
      toBytes(good),
    ),
  "a good one, by GET": ({ good }) =>
    framed([...toPairs(good), contentLength(toBytes(good))], toBytes(good), { method: "GET" }),
  "half a head": ({ bad, random }) => ({
    chunks: [Buffer.concat(plain({ bad }).chunks).subarray(0, random.between(1, 200))],
  }),
  "a bit flipped anywhere": ({ bad, random }) => {
    const whole = Buffer.concat(plain({ bad }).chunks);
    return { chunks: [flipBit(whole, random)] };
  },
  noise: ({ random }) => ({ chunks: [random.bytes(random.between(1, 2000))] }),
  "another protocol": ({ random }) => ({
    chunks: [
      random.pick([
        Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Buffer.from("160301020001", "hex"),
        Buffer.from("SSH-2.0-x\r\n"),
        Buffer.from("\r\n\r\n\r\n"),
        Buffer.from("GET\r\n\r\n"),
      ]),
    ],
  }),
});
