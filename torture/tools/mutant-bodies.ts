// What can be wrong with the bytes of a message.
import { gzipSync } from "node:zlib";
import type { Random } from "./random";

/** Headers by name in lower case, and the body's bytes. */
export type RawMessage = { headers: Record<string, string>; body: Buffer };

/** Turns a valid message into an invalid one. */
export type Mutation = (message: RawMessage, random: Random) => RawMessage;

const changeBody =
  (change: (body: Buffer, random: Random) => Buffer | string): Mutation =>
  (message, random) => ({ ...message, body: Buffer.from(change(message.body, random)) });
const splice = (body: Buffer, at: number, removed: number, inserted: Buffer) =>
  Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + removed)]);

/** The members that mutations replace by values of any type. */
type Content = Record<"order" | "transaction" | "online_to_offline_payment", Record<string, unknown>>;

const changeJson = (change: (content: Content, random: Random) => string) =>
  changeBody((body, random) => change(JSON.parse(body.toString("utf8")), random));
const changeText = (pattern: string | RegExp, more: string) =>
  changeBody((body) => body.toString("utf8").replace(pattern, more));

export function flipBit(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return Buffer.from([0]);
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
}

/** Each gives a valid message another body. */
export const bodyMutations: Record<string, Mutation> = {
  "a bit flipped": changeBody(flipBit),
  "a byte gone": changeBody((body, random) => splice(body, random.below(body.length), 1, Buffer.alloc(0))),
  "bytes put in": changeBody((body, random) =>
    splice(body, random.below(body.length), 0, random.bytes(random.between(1, 8))),
  ),
  "cut short": changeBody((body, random) => body.subarray(0, random.below(body.length))),
  "a piece doubled": changeBody((body, random) =>
    splice(body, random.below(body.length), 0, body.subarray(0, random.between(1, 64))),
  ),
  "white space behind": changeBody((body, random) =>
    Buffer.concat([body, Buffer.from(random.pick([" ", "\n", "\r\n", "\t", "\0"]))]),
  ),
  "a byte order mark": changeBody((body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])),
  "bad UTF-8": changeBody((body, random) =>
    splice(
      body,
      random.below(body.length),
      1,
      Buffer.from(random.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80]])),
    ),
  ),
  "UTF-16": changeBody((body) => Buffer.from(body.toString("utf8"), "utf16le")),
  compressed: changeBody((body) => gzipSync(body)),
  empty: changeBody(() => Buffer.alloc(0)),
  noise: changeBody((_body, random) => random.bytes(random.between(1, 400))),
  "printed prettily": changeJson((content) => JSON.stringify(content, undefined, 2)),
  "keys turned round": changeJson((content) =>
    JSON.stringify(Object.fromEntries(Object.entries(content).reverse())),
  ),
  "another amount": changeJson((content, random) => {
    content.order.amount = random.pick<unknown>([
      1,
      149_999,
      150_001,
      1_500_000,
      -150_000,
      0,
      1e21,
      2 ** 53,
      "150000.00",
      "150.000",
      null,
      [],
      {},
      true,
    ]);
    return JSON.stringify(content);
  }),
  "another invoice": changeJson((content, random) => {
    content.order.invoice_number = random.pick<unknown>([
      "BENCH-00000001",
      "",
      "' or 1=1 --",
      "\u0000",
      "x".repeat(70_000),
      null,
      7,
      ["a"],
      "../../x",
    ]);
    return JSON.stringify(content);
  }),
  "another status": changeJson((content, random) => {
    content.transaction.status = random.pick<unknown>([
      "success",
      "FAILED",
      "REFUNDED",
      "PAID",
      "__proto__",
      "constructor",
      null,
      1,
      {},
    ]);
    return JSON.stringify(content);
  }),
  "another date": changeJson((content, random) => {
    content.transaction.date = random.pick<unknown>([
      "",
      "yesterday",
      "0000-00-00T00:00:00Z",
      "+275760-09-13T00:00:00Z",
      "2020-13-45",
      0,
      null,
      {},
    ]);
    return JSON.stringify(content);
  }),
  "strange identifiers": changeJson((content, random) => {
    content.online_to_offline_payment.identifier = random.pick<unknown>([
      null,
      {},
      "x",
      [null],
      [[]],
      [{ name: {}, content: [] }],
      Array.from({ length: 500 }, () => ({ name: "a", content: "b" })),
    ]);
    return JSON.stringify(content);
  }),
  "a key twice": changeText('"amount":', '"amount":1,"amount":'),
  "a prototype": changeText("{", '{"__proto__":{"status":"SUCCESS"},'),
  "a huge number": changeText(/"amount":\d+/, `"amount":1${"0".repeat(400)}`),
  "deep nesting": changeBody(() => `${"[".repeat(20_000)}${"]".repeat(20_000)}`),
  "lone surrogates": changeText("ALFAMART", String.raw`\ud800ALFA\udfff`),
  "not an object": changeBody((_body, random) =>
    random.pick(["null", "[]", '"x"', "0", "true", "{}", '{"order":null}', "NaN"]),
  ),
};
