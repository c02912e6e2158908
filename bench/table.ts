import os from "node:os";

const columns = ["figure", "seen", "goal", "", "baseline", "ratio", "how often"];

/** `rows`: { figure, seen, goal, reached, baseline?, ratio?, rounds }. `reached` is undefined where no goal is set. */
export function printTable(rows) {
  const cells = rows.map((row) => [
    row.figure,
    row.seen,
    row.goal ?? "",
    row.reached === undefined ? "" : row.reached ? "ok" : "MISSED",
    row.baseline ?? "",
    row.ratio ?? "",
    row.rounds,
  ]);
  const widths = columns.map((name, at) => Math.max(name.length, ...cells.map((line) => line[at].length)));
  const line = (parts) => `| ${parts.map((part, at) => part.padEnd(widths[at])).join(" | ")} |`;
  console.log(`\n${machine()}\n`);
  console.log([line(columns), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n"));
}

/** A figure without its machine is worth nothing. */
function machine() {
  const cores = os.availableParallelism();
  const day = new Date().toISOString().slice(0, 10);
  const [busy = 0] = os.loadavg();
  const load = busy > 0.5 ? `, load ${busy.toFixed(1)} at the end` : "";
  return `${day}, ${cores} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}${load}`;
}
