import { gzipSync } from "node:zlib";
import { checkBooks } from "../tools/check-ledger";
import { post } from "../tools/load";
import { messageOf, target } from "../tools/messages";
import { isSame, mutantOf } from "../tools/mutants";
import { inPlace, onPostgres } from "../tools/environments";
import { chunked, requestOf, sendRaw } from "../tools/raw-http";

const AT_ONCE = 16;
const PAYMENTS = 50;

/** Mutants over sockets: in headers, body, framing and path. None is taken, none is our fault, and the app lives on. */
export const badRequests = ({ mutants, random }) =>
  inPlace(onPostgres(), async ({ app, query, seed }) => {
    const payments = await seed(PAYMENTS);
    const port = Number(new URL(app.address).port);
    const found = { accepted: [], faults: [], statuses: {}, ways: new Map() };
    let left = mutants;
    const work = async () => {
      while (left-- > 0) await tryOne(messageOf(random.pick(payments)), { port, random, found });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const after = await aftermath({ app, query, payments, found });
    return {
      what: "bad inputs, over HTTP",
      howMany: String(mutants),
      lost: 0,
      twice: 0,
      wrong: found.accepted.length + found.faults.length + after.length,
      words: [...found.accepted.slice(0, 5), ...found.faults.slice(0, 5), ...after],
      note: `answers ${JSON.stringify(found.statuses)} (0: hung up without one)`,
    };
  });

/** Nothing moved; and a good message is still taken. */
async function aftermath({ app, query, payments, found }) {
  const words = [];
  for (const { request_id } of await query(
    `select request_id from notifications where verdict <> 'rejected'`,
  ))
    words.push(`the database took: ${found.ways.get(request_id) ?? request_id}`);
  const [books] = await query(`select count(*)::int as paid from receipts`);
  if (books.paid > 0) words.push(`${books.paid} payments count as paid`);
  if (!app.isAlive()) words.push("the app died");
  const message = messageOf(payments[0]);
  const status = await post(app.address, message, { patience: 10_000 });
  if (status !== 200) words.push(`a good message afterwards was answered ${status}`);
  const told = { acked: new Map([[message.requestId, message]]), sent: new Set([message.payment.invoice]) };
  return [...words, ...(await checkBooks(query, told)).words];
}

async function tryOne(message, { port, random, found }) {
  const [how, shape] = random.pick(shapes);
  const mutant = mutantOf(message, random);
  const bad = isSame(mutant, message)
    ? { ...mutant, body: Buffer.concat([mutant.body, Buffer.from(" ")]) }
    : mutant;
  const { chunks, hangUp = true } = shape({ bad, good: message, random });
  const status = await sendRaw({ port, chunks, hangUp });
  const [, method, path] = /^(\S+) (\S{1,60})/.exec(chunks[0].toString("latin1")) ?? [];
  const way = `${how}, ${bad.how}, to ${path}`;
  found.ways.set(message.requestId, `${way}, answered ${status}`);
  found.statuses[status] = (found.statuses[status] ?? 0) + 1;
  if (status >= 200 && status < 300) found.accepted.push(`${status}: ${way}`);
  if (status >= 500 && !isOfNext(method, path)) found.faults.push(`${status}: ${way}`);
}

/**
 * Next answers 500 to a target that is no path and to a method that its Request cannot have, before our code is reached.
 * The proxy in front refuses both (README).
 */
const isOfNext = (method, path) => path === "*" || method === "TRACE";

const listed = ({ headers }) => Object.entries(headers);
const length = (body) => ["Content-Length", String(body.length)];
const host = ["Host", "127.0.0.1"];
const plain = ({ bad }, more = [], rest = {}) => ({
  chunks: requestOf({
    path: target,
    headers: [host, ...listed(bad), length(bad.body), ...more],
    body: bad.body,
    ...rest,
  }),
});
/** A valid message whose bytes on the wire are not what was signed, or whose headers are said twice. */
const broken = (good, headers, body, rest = {}) => ({
  chunks: requestOf({ path: target, headers: [host, ...headers], body, ...rest }),
});
const bytesOf = ({ body }) => Buffer.from(body);

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
const strangers = [
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

const shapes = Object.entries({
  "a plain mutant": (made) => plain(made),
  "a mutant again": (made) => plain(made),
  "another method": (made) =>
    plain(made, [], {
      method: made.random.pick(["GET", "PUT", "PATCH", "DELETE", "post", "TRACE", "BREW", "P OST"]),
    }),
  "another path": (made) => plain(made, [], { path: made.random.pick(paths) }),
  "a strange header": (made) => plain(made, [made.random.pick(strangers)]),
  "many headers": (made) =>
    plain(
      made,
      Array.from({ length: made.random.pick([100, 1500, 3000]) }, (_, at) => [`x-${at}`, "y"]),
    ),
  "a long header": (made) => plain(made, [["x-long", "y".repeat(made.random.pick([8000, 17_000, 100_000]))]]),
  "another version": (made) =>
    plain(made, [], { version: made.random.pick(["1.0", "0.9", "2.0", "3.0", "1.2", "9.9", "x"]) }),
  "bare line feeds": (made) => plain(made, [], { lineEnd: "\n" }),
  "carriage returns alone": (made) => plain(made, [], { lineEnd: "\r" }),
  pieces: ({ bad, random }) =>
    broken(
      bad,
      [...listed(bad), ["Transfer-Encoding", "chunked"]],
      chunked(bad.body, random.between(1, 200)),
    ),
  "pieces with bad lengths": ({ bad, random }) =>
    broken(
      bad,
      [...listed(bad), ["Transfer-Encoding", "chunked"]],
      Buffer.concat([
        Buffer.from(
          random.pick(["zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "5;x=y\r\n", "\r\n", "0x5\r\n"]),
        ),
        bad.body,
        Buffer.from("\r\n0\r\n\r\n"),
      ]),
    ),
  "a length and pieces": ({ bad }) =>
    broken(bad, [...listed(bad), length(bad.body), ["Transfer-Encoding", "chunked"]], chunked(bad.body, 50)),
  "pieces of pieces": ({ bad }) =>
    broken(
      bad,
      [...listed(bad), ["Transfer-Encoding", "chunked, chunked"]],
      chunked(chunked(bad.body, 50), 50),
    ),
  "two lengths": ({ bad }) =>
    broken(bad, [...listed(bad), length(bad.body), ["Content-Length", "1"]], bad.body),
  "no length": ({ bad }) => broken(bad, listed(bad), bad.body),
  "no host": ({ bad }) => ({
    chunks: requestOf({ path: target, headers: [...listed(bad), length(bad.body)], body: bad.body }),
  }),
  "a good one cut short": ({ good, random }) =>
    broken(
      good,
      [...listed(good), ["Content-Length", String(random.below(bytesOf(good).length))]],
      bytesOf(good),
    ),
  "a good one that ends too soon": ({ good, random }) =>
    broken(
      good,
      [...listed(good), ["Content-Length", String(bytesOf(good).length + random.between(1, 1000))]],
      bytesOf(good),
    ),
  "a good one of a bad length": ({ good, random }) =>
    broken(
      good,
      [...listed(good), ["Content-Length", random.pick(["-1", "1e3", "0x10", "9".repeat(30), "abc", " "])]],
      bytesOf(good),
    ),
  "a good one, signature twice": ({ good }) =>
    broken(
      good,
      [...listed(good), ["Signature", good.headers.signature], length(bytesOf(good))],
      bytesOf(good),
    ),
  "a good one, Request-Id twice": ({ good }) =>
    broken(good, [...listed(good), ["request-id", "another"], length(bytesOf(good))], bytesOf(good)),
  "a good one, compressed": ({ good }) =>
    broken(
      good,
      [...listed(good), ["Content-Encoding", "gzip"], length(gzipSync(bytesOf(good)))],
      gzipSync(bytesOf(good)),
    ),
  "a good one, folded": ({ good }) =>
    broken(
      good,
      [
        ...listed(good).map(([name, value]) => [name, value.replace(/^(.{8})/, "$1\r\n ")]),
        length(bytesOf(good)),
      ],
      bytesOf(good),
    ),
  "a good one, by GET": ({ good }) =>
    broken(good, [...listed(good), length(bytesOf(good))], bytesOf(good), { method: "GET" }),
  "half a head": ({ bad, random }) => ({
    chunks: [Buffer.concat(plain({ bad }).chunks).subarray(0, random.between(1, 200))],
  }),
  "a bit flipped anywhere": ({ bad, random }) => {
    const whole = Buffer.concat(plain({ bad }).chunks);
    whole[random.below(whole.length)] ^= 1 << random.below(8);
    return { chunks: [whole] };
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
