import { existsSync, readFileSync } from "node:fs";

/** How many tests passed and failed. A check that passes or fails as a whole counts as one. */
export type Counts = { passed: number; failed: number };

export const countOne = (succeeded: boolean): Counts => ({
  passed: succeeded ? 1 : 0,
  failed: succeeded ? 0 : 1,
});

export const sumCounts = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
});

/** The last line, which programs read. */
export const formatCounts = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;

/** Counts a failure too if the runner ran no test, or ended with an error but without a failed test. */
export function checkCounts(
  runner: string,
  counts: Counts,
  succeeded: boolean,
): { counts: Counts; why?: string } {
  if (counts.passed + counts.failed === 0) return { counts: countOne(false), why: `${runner} ran no test.` };
  if (succeeded || counts.failed > 0) return { counts };
  return { counts: { ...counts, failed: 1 }, why: `${runner} ended with an error outside its tests.` };
}

/** @param file what `vitest-reporter.ts` writes: a line for each test that has ended */
export function fromVitest(file: string): Counts {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const count = (state: string) => lines.filter((line) => line === state).length;
  return { passed: count("passed"), failed: count("failed") };
}

/** A test that passes only the second time has failed. */
export const fromPlaywright = (file: string): Counts => {
  const { stats } = parseReport(file);
  const { expected, unexpected, flaky } = isRecord(stats) ? stats : {};
  return { passed: toCount(expected), failed: toCount(unexpected) + toCount(flaky) };
};

function parseReport(file: string): Record<string, unknown> {
  try {
    const report: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(report) ? report : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const toCount = (value: unknown): number => (typeof value === "number" ? value : 0);
