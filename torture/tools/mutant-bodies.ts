// What can be wrong with the bytes of a message.
import { gzipSync } from "node:zlib";

const ofBody = (change) => (message, random) => ({ ...message, body: change(message.body, random) });
const spliced = (body, at, gone, more) =>
  Buffer.concat([body.subarray(0, at), more, body.subarray(at + gone)]);
const asJson = (rewrite) => ofBody((body, random) => rewrite(JSON.parse(body.toString("utf8")), random));
const inText = (pattern, more) => ofBody((body) => body.toString("utf8").replace(pattern, more));

export function flipBit(bytes, random) {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return Buffer.from([0]);
  copy[random.below(copy.length)] ^= 1 << random.below(8);
  return copy;
}

/** Each makes a message with another body of one that was valid. */
export const bodies = {
  "a bit flipped": ofBody(flipBit),
  "a byte gone": ofBody((body, random) => spliced(body, random.below(body.length), 1, Buffer.alloc(0))),
  "bytes put in": ofBody((body, random) =>
    spliced(body, random.below(body.length), 0, random.bytes(random.between(1, 8))),
  ),
  "cut short": ofBody((body, random) => body.subarray(0, random.below(body.length))),
  "a piece doubled": ofBody((body, random) =>
    spliced(body, random.below(body.length), 0, body.subarray(0, random.between(1, 64))),
  ),
  "white space behind": ofBody((body, random) =>
    Buffer.concat([body, Buffer.from(random.pick([" ", "\n", "\r\n", "\t", "\0"]))]),
  ),
  "a byte order mark": ofBody((body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])),
  "bad UTF-8": ofBody((body, random) =>
    spliced(
      body,
      random.below(body.length),
      1,
      Buffer.from(random.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80]])),
    ),
  ),
  "UTF-16": ofBody((body) => Buffer.from(body.toString("utf8"), "utf16le")),
  compressed: ofBody((body) => gzipSync(body)),
  empty: ofBody(() => Buffer.alloc(0)),
  noise: ofBody((_body, random) => random.bytes(random.between(1, 400))),
  "printed prettily": asJson((value) => JSON.stringify(value, undefined, 2)),
  "keys turned round": asJson((value) => JSON.stringify(Object.fromEntries(Object.entries(value).reverse()))),
  "another amount": asJson((value, random) => {
    value.order.amount = random.pick([
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
    return JSON.stringify(value);
  }),
  "another invoice": asJson((value, random) => {
    value.order.invoice_number = random.pick([
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
    return JSON.stringify(value);
  }),
  "another status": asJson((value, random) => {
    value.transaction.status = random.pick([
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
    return JSON.stringify(value);
  }),
  "another date": asJson((value, random) => {
    value.transaction.date = random.pick([
      "",
      "yesterday",
      "0000-00-00T00:00:00Z",
      "+275760-09-13T00:00:00Z",
      "2020-13-45",
      0,
      null,
      {},
    ]);
    return JSON.stringify(value);
  }),
  "strange identifiers": asJson((value, random) => {
    value.online_to_offline_payment.identifier = random.pick([
      null,
      {},
      "x",
      [null],
      [[]],
      [{ name: {}, value: [] }],
      Array.from({ length: 500 }, () => ({ name: "a", value: "b" })),
    ]);
    return JSON.stringify(value);
  }),
  "a key twice": inText('"amount":', '"amount":1,"amount":'),
  "a prototype": inText("{", '{"__proto__":{"status":"SUCCESS"},'),
  "a huge number": inText(/"amount":\d+/, `"amount":1${"0".repeat(400)}`),
  "deep nesting": ofBody(() => `${"[".repeat(20_000)}${"]".repeat(20_000)}`),
  "lone surrogates": inText("ALFAMART", String.raw`\ud800ALFA\udfff`),
  "not an object": ofBody((_body, random) =>
    random.pick(["null", "[]", '"x"', "0", "true", "{}", '{"order":null}', "NaN"]),
  ),
};
