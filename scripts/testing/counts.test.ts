import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkCounts, formatCounts, fromPlaywright, fromVitest, sumCounts } from "./counts";

const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-counts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeReport(content: string): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, content);
  return file;
}

test("counts a failure for a runner that ran no test", () => {
  expect(checkCounts("vitest", { passed: 0, failed: 0 }, true)).toEqual({
    counts: { passed: 0, failed: 1 },
    why: "vitest ran no test.",
  });
});

test("counts a failure for a runner that ended with an error but without a failed test", () => {
  expect(checkCounts("vitest", { passed: 9, failed: 0 }, false)).toEqual({
    counts: { passed: 9, failed: 1 },
    why: "vitest ended with an error outside its tests.",
  });
});

test("keeps the counts of a runner that ended as its tests say", () => {
  expect(checkCounts("vitest", { passed: 9, failed: 0 }, true)).toEqual({ counts: { passed: 9, failed: 0 } });
  expect(checkCounts("vitest", { passed: 8, failed: 1 }, false)).toEqual({
    counts: { passed: 8, failed: 1 },
  });
});

test("counts a browser test that passed only on the second attempt as failed", () => {
  const file = writeReport('{"stats":{"expected":3,"unexpected":1,"flaky":1}}');
  expect(fromPlaywright(file)).toEqual({ passed: 3, failed: 2 });
});

test("counts nothing for a report that is missing or invalid", () => {
  expect(fromVitest(path.join(folder, "none.json"))).toEqual({ passed: 0, failed: 0 });
  expect(fromPlaywright(writeReport("{"))).toEqual({ passed: 0, failed: 0 });
});

test("counts the tests of a run that was stopped before its end", () => {
  expect(fromVitest(writeReport("passed\nskipped\nfailed\npassed\npass"))).toEqual({ passed: 2, failed: 1 });
});

test("sums counts", () => {
  const one = { passed: 1, failed: 2 };
  expect(sumCounts([one, one])).toEqual({ passed: 2, failed: 4 });
});

test("the last line has both counts and nothing else", () => {
  expect(formatCounts({ passed: 9, failed: 1 })).toBe("9 passed, 1 failed");
});
