import os from "node:os";
import type { Row } from "./benchmark";

const columns = ["figure", "seen", "goal", "", "baseline", "ratio", "how often"];

export function printTable(rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    row.figure,
    row.seen,
    row.goal ?? "",
    row.reached === undefined ? "" : row.reached ? "ok" : "MISSED",
    row.baseline ?? "",
    row.ratio ?? "",
    row.rounds,
  ]);
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const line = (parts: string[]) =>
    `| ${parts.map((part, at) => part.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  console.log(`\n${describeMachine()}\n`);
  console.log([line(columns), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n"));
}

/** Figures can only be compared when the machine is named. */
function describeMachine(): string {
  const cores = os.availableParallelism();
  const day = new Date().toISOString().slice(0, 10);
  const [busy = 0] = os.loadavg();
  const load = busy > 0.5 ? `, load ${busy.toFixed(1)} at the end` : "";
  return `${day}, ${cores} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}${load}`;
}
