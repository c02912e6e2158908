import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { fromPlaywright, fromVitest, judge, sum } from "./counts";

const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-counts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: string): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, content);
  return file;
}

test("a runner that ran no test has failed", () => {
  expect(judge("vitest", { passed: 0, failed: 0 }, true)).toEqual({
    counts: { passed: 0, failed: 1 },
    why: "vitest ran no test.",
  });
});

test("a runner that ended badly without a failed test has failed", () => {
  expect(judge("vitest", { passed: 9, failed: 0 }, false)).toEqual({
    counts: { passed: 9, failed: 1 },
    why: "vitest ended with an error outside its tests.",
  });
});

test("what a runner counted stands when it ended as it should", () => {
  expect(judge("vitest", { passed: 9, failed: 0 }, true)).toEqual({ counts: { passed: 9, failed: 0 } });
  expect(judge("vitest", { passed: 8, failed: 1 }, false)).toEqual({ counts: { passed: 8, failed: 1 } });
});

test("a journey that passed only the second time has failed", () => {
  const file = report('{"stats":{"expected":3,"unexpected":1,"flaky":1}}');
  expect(fromPlaywright(file)).toEqual({ passed: 3, failed: 2 });
});

test("a report that is missing or broken counts nothing", () => {
  expect(fromVitest(path.join(folder, "none.json"))).toEqual({ passed: 0, failed: 0 });
  expect(fromVitest(report("{"))).toEqual({ passed: 0, failed: 0 });
  expect(fromVitest(report('{"numPassedTests":7,"numFailedTests":2}'))).toEqual({ passed: 7, failed: 2 });
});

test("counts are summed", () => {
  const one = { passed: 1, failed: 2 };
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4 });
});
