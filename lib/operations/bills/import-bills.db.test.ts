import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { onPostgres } from "@/test/database/database";
import { importBills } from "./import-bills";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { aPayment, lostAnswer, newestPayment } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

let next = 0;
/** A code that no other test has. */
const aCode = () => `889651${String((next += 1)).padStart(10, "0")}`;

const file = (...lines: string[]): string =>
  ["code;amount;description;name;valid_until", ...lines].join("\r\n");
const line = (code: string, amount = "150.000") => `${code};${amount};Iuran November;Sari;31/12/2026`;

const importFile = (text: string, onProgress?: Parameters<typeof importBills>[2]) =>
  importBills(context.deps, { file: { kind: "text", text }, actor: "staff:owner" }, onProgress);

async function countRows(code: string): Promise<number> {
  const [found] = await rows<{ n: number }>(
    database.db,
    sql`select count(*)::int as n from payments where payment_code = ${code}`,
  );
  return found?.n ?? 0;
}

async function countAll(codes: readonly string[]): Promise<number> {
  const [found] = await rows<{ n: number }>(
    database.db,
    sql`select count(*)::int as n from payments where payment_code = any(${`{${codes.join(",")}}`}::text[])`,
  );
  return found?.n ?? 0;
}

describe("importBills", () => {
  test("makes a bill for direct inquiry of each row, with its order and history", async () => {
    const [one, other] = [aCode(), aCode()];
    const reported: number[] = [];
    const done = await importFile(file(line(one), line(other, "Rp 75.500")), ({ saved }) => {
      reported.push(saved);
    });
    expect(done).toEqual({ outcome: "imported", count: 2 });
    expect(reported).toEqual([0, 2]);
    expect(context.sent).toEqual([]);
    const [bill] = await rows<Record<string, unknown>>(
      database.db,
      sql`select p.*, o.version, o.customer_name, (select count(*)::int from payment_events e where e.order_id = o.id) as events
        from payments p join orders o on o.id = p.order_id where p.payment_code = ${other}`,
    );
    expect(bill).toMatchObject({
      status: "awaiting_payment",
      code_kind: "dipc",
      customer_name: "Sari",
      version: 3,
      events: 2,
    });
    expect(await loadView(context.deps, String(bill?.order_id))).toMatchObject({
      status: "awaiting_payment",
      amount: 75_500,
      code: other,
      expiresAt: "2026-12-31T16:59:00.000Z",
    });
  });

  test("generates codes under the BIN for rows without a code", async () => {
    const done = await importFile(file(line(""), line("")));
    expect(done).toEqual({ outcome: "imported", count: 2 });
    const made = await rows<{ code: string }>(
      database.db,
      sql`select payment_code as code from payments order by created_at desc limit 2`,
    );
    for (const { code } of made) expect(code).toMatch(/^889651\d{10}$/);
  });

  test("saves no row of a file with a fault, and reports line, column and reason of each fault", async () => {
    const good = aCode();
    const text = file(
      line(good),
      line("1234567890123456"),
      line(aCode(), "5"),
      `${aCode()};x;;Sari;tomorrow`,
    );
    expect(await importFile(text)).toEqual({
      outcome: "wrong_rows",
      faults: [
        { line: 3, column: "code", value: "1234567890123456", because: "other_bin" },
        { line: 4, column: "amount", value: "5", because: "below_limit" },
        { line: 5, column: "description", value: "", because: "missing" },
        { line: 5, column: "amount", value: "x", because: "not_an_amount" },
        { line: 5, column: "valid_until", value: "tomorrow", because: "not_a_time" },
      ],
    });
    expect(await countRows(good)).toBe(0);
  });

  test("makes the bills of a file once when it is sent twice, because their codes are taken", async () => {
    const codes = [aCode(), aCode()];
    const text = file(...codes.map((code) => line(code)));
    await importFile(text);
    const again = await importFile(text);
    expect(again).toEqual({
      outcome: "wrong_rows",
      faults: codes.map((code, at) => ({ line: at + 2, column: "code", value: code, because: "taken" })),
    });
  });

  /** More rows than one statement inserts. */
  const twoBatches = () => Array.from({ length: 501 }, aCode);

  test("saves no row of several batches when the last row has a fault", async () => {
    const codes = twoBatches();
    const last = aCode();
    const text = file(...codes.map((code) => line(code)), line(last, "150.000,50"));
    expect(await importFile(text)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 503, column: "amount", value: "150.000,50", because: "not_an_amount" }],
    });
    expect(await countAll([...codes, last])).toBe(0);
  });

  test("names only the rows whose codes are taken, and saves none of several batches", async () => {
    const codes = twoBatches();
    const taken = [codes[3], codes.at(-1)].flatMap((code) => code ?? []);
    await importFile(file(...taken.map((code) => line(code))));
    const reported: number[] = [];
    const done = await importFile(file(...codes.map((code) => line(code))), ({ saved }) => {
      reported.push(saved);
    });
    expect(done).toEqual({
      outcome: "wrong_rows",
      faults: [
        { line: 5, column: "code", value: taken[0], because: "taken" },
        { line: 502, column: "code", value: taken[1], because: "taken" },
      ],
    });
    expect(reported).toEqual([]);
    expect(await countAll(codes)).toBe(2);
  });

  test("takes back the batches before it when the code of the last row is taken while the file is saved", async () => {
    const codes = twoBatches();
    const last = codes.at(-1) ?? "";
    const done = await importFile(file(...codes.map((code) => line(code))), async ({ saved }) => {
      // The codes have been found free, and no row is saved yet: another import takes the last one.
      if (saved === 0) await importFile(file(line(last)));
    });
    expect(done).toEqual({ outcome: "try_again" });
    expect(await countAll(codes)).toBe(1);
    expect(await countRows(last)).toBe(1);
  });

  test("imports a file once, as a whole, when it is sent twice at the same moment", async () => {
    const codes = [aCode(), aCode(), aCode()];
    const done = await Promise.all([
      importFile(file(...codes.map((code) => line(code)))),
      importFile(file(...codes.toReversed().map((code) => line(code)))),
    ]);
    expect(done.filter(({ outcome }) => outcome === "imported")).toHaveLength(1);
    expect(await Promise.all(codes.map(countRows))).toEqual([1, 1, 1]);
  });

  describe.runIf(onPostgres)("of two files with the same codes at the same moment", () => {
    const importHalf = (codes: string[], onHalf: () => unknown) =>
      importFile(file(...codes.map((code) => line(code))), async ({ saved }) => {
        if (saved === 500) await onHalf();
      });
    const others = () => Array.from({ length: 499 }, aCode);

    test("asks to send one again when each waits for the other", async () => {
      const [first, last] = [aCode(), aCode()];
      let other: ReturnType<typeof importFile> | undefined;
      // Each has saved one of the two codes, and the other code is in its second batch.
      const one = await importHalf([first, ...others(), last], () => {
        return new Promise<void>((half) => {
          other = importHalf([last, ...others(), first], half);
        });
      });
      expect([one.outcome, (await other)?.outcome].toSorted()).toEqual(["imported", "try_again"]);
      expect(await Promise.all([first, last].map(countRows))).toEqual([1, 1]);
    });

    test("asks to send one again when it waits too long for the other", async () => {
      const [first, last] = [aCode(), aCode()];
      const one = await importHalf([first, ...others(), last], async () => {
        expect(await importFile(file(line(first)))).toEqual({ outcome: "try_again" });
      });
      expect(one.outcome).toBe("imported");
      expect(await countRows(first)).toBe(1);
    });
  });

  test("imports ten thousand rows and reports progress on the way", async () => {
    const reported: number[] = [];
    const text = file(...Array.from({ length: 10_000 }, () => line(aCode())));
    const done = await importFile(text, ({ saved }) => {
      reported.push(saved);
    });
    expect(done).toEqual({ outcome: "imported", count: 10_000 });
    expect(reported.length).toBeGreaterThan(10);
    expect(reported.at(-1)).toBe(10_000);
  }, 600_000);

  test("lets thousands of bills expire at one moment without delaying payments that DOKU is asked about", async () => {
    await importFile(file(...Array.from({ length: 250 }, () => line(aCode()))));
    context.advanceClock(60 * 24 * 3600);
    context.answers.push(lostAnswer);
    const payment = await aPayment(context);
    context.advanceClock(5);
    await reconcileDue(context.deps);
    expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
    for (let times = 0; times < 300 && (await reconcileDue(context.deps)) > 0; times += 1)
      context.advanceClock(1);
    const [left] = await rows<{ n: number }>(
      database.db,
      sql`select count(*)::int as n from payments where code_kind = 'dipc' and status = 'awaiting_payment'`,
    );
    expect(left?.n).toBe(0);
    expect(context.statusChecks).toEqual([]);
  }, 600_000);

  test("refuses a file while direct inquiry is switched off", async () => {
    context.deps.settings.features = Object.fromEntries(
      Object.entries(context.deps.settings.features).map(([id, features]) => [
        id,
        { ...features, codeKinds: ["dgpc"] as const },
      ]),
    );
    expect(await importFile(file(line(aCode())))).toEqual({ outcome: "switched_off" });
  });
});
