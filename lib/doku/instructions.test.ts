import fc from "fast-check";
import { expect, test } from "vitest";
import { atScale } from "@/test/scale";
import alfa from "@/test/fixtures/doku/how-to-pay.api.alfa.json";
import indomaret from "@/test/fixtures/doku/how-to-pay.api.indomaret.json";
import account from "@/test/fixtures/doku/how-to-pay.api.virtual-account.json";
import { parseInstructions, toPlainText } from "./instructions";

const one = (item: unknown) => parseInstructions({ payment_instruction: [item] });

test("parses the steps of each store and language as plain text", () => {
  expect(parseInstructions(alfa)).toEqual([
    {
      language: "id",
      channel: "Alfamart",
      steps: [
        "Datang ke gerai Alfa Group terdekat",
        "Sampaikan kepada kasir ingin membayar tagihan DOKU",
        "Sebutkan kode pembayaran 6059000000000205",
        "Bayar sesuai jumlah tagihan",
        "Simpan struk sebagai bukti pembayaran",
      ],
    },
    expect.objectContaining({ language: "en", channel: "Alfamart" }),
  ]);
  expect(parseInstructions(indomaret).map(({ language }) => language)).toEqual(["id", "en"]);
  expect(parseInstructions(account)).toHaveLength(1);
});

test.each([
  ["ID", "id"],
  ["id-ID", "id"],
  [undefined, "id"],
  [7, "id"],
  ["en", "en"],
  ["EN-US", "en"],
  ["English", "en"],
])("parses the language %j as %s", (language, read) => {
  expect(one({ channel: "X", language, step: ["a"] })).toEqual([
    { language: read, channel: "X", steps: ["a"] },
  ]);
});

test("leaves out steps in another language, without text, or of another shape", () => {
  for (const item of [
    { language: "fr", step: ["a"] },
    { step: [] },
    { step: ["", " <br> "] },
    { step: "a" },
    null,
    1,
    [],
  ]) {
    expect(one(item)).toEqual([]);
  }
  for (const body of [undefined, null, [], "x", {}, { payment_instruction: "x" }]) {
    expect(parseInstructions(body)).toEqual([]);
  }
  expect(one({ step: [1, null, "a", ["b"]] })).toEqual([{ language: "id", channel: "", steps: ["a"] }]);
});

const repeated = (item: unknown) => parseInstructions({ payment_instruction: Array(500).fill(item) });

test("returns at most 20 items of 20 steps of 300 characters", () => {
  expect(repeated({ step: ["a"] })).toHaveLength(20);
  const [first] = repeated({ channel: "c".repeat(500), step: Array(500).fill("x".repeat(5000)) });
  expect([first?.steps.length, first?.steps[0]?.length, first?.channel.length]).toEqual([20, 300, 60]);
});

test("returns whole items only, of 10,000 characters together", () => {
  const steps = (count: number) => Array.from({ length: count }, () => "x".repeat(250));
  const whole = { language: "id", channel: "", steps: steps(20) };
  expect(repeated({ step: steps(20) })).toEqual([whole, whole]);
  const texts = [steps(20), steps(20), ["y"], ["z"]];
  const read = parseInstructions({ payment_instruction: texts.map((step) => ({ step })) });
  expect(read.map((item) => item.steps.length)).toEqual([20, 20]);
});

test.each([
  ["Bayar <b>Rp150.000</b>, lalu simpan", "Bayar Rp150.000, lalu simpan"],
  ["satu<br/>dua<p>tiga</p>", "satu dua tiga"],
  ["a&nbsp;&amp;&nbsp;b &quot;c&quot; &#39;d&#39;", "a & b \"c\" 'd'"],
  ["<script>alert(1)</script>x", "x"],
  ["<style>b{}</style >x<script>y", "x"],
  ["&lt;img src=x onerror=alert(1)&gt;x", "x"],
  ["&amp;lt;img src=x&amp;gt;", "&lt;img src=x&gt;"],
  ["<<b>script>alert(1)<</b>/script>", "script alert(1) /script"],
  ["<scr<b>ipt>alert(1)</scr</b>ipt>", "script alert(1) /script"],
  ["<img src=x onerror=alert(1)", "img src=x onerror=alert(1)"],
  ["a\u0000\u202e\n\t b", "a b"],
])("toPlainText converts %j to %j", (html, text) => {
  expect(toPlainText(html, 300)).toBe(text);
});

test("toPlainText returns no text that can open a tag", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "&lt;",
    "&gt;",
    "&amp;",
    "script",
    "b",
    "/",
    " ",
    "img onerror=x",
    '"',
    "lt;",
    "&",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      (pieces) => !/[<>]/.test(toPlainText(pieces.join(""), 300)),
    ),
    { numRuns: atScale({ usual: 600, stress: 3000 }) },
  );
});

test("toPlainText ignores everything after 2,000 characters", () => {
  expect(toPlainText(`${"<b>".repeat(600)}x`, 300)).toBe("x");
  expect(toPlainText(`${"<b>".repeat(700)}x`, 300)).toBe("b");
});

// Some 50 ms on an idle processor. Work that grew with the square of the length would take minutes.
test("toPlainText takes time in proportion to the length of hostile text", () => {
  const startedAt = performance.now();
  for (const html of [
    "<script".repeat(100_000),
    "<".repeat(500_000),
    "&".repeat(500_000),
    "<style>".repeat(90_000),
  ]) {
    toPlainText(html, 300);
  }
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});
