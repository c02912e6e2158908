// `npm run bench`: measures every figure of docs/performance.md. `npm run bench -- notifications` measures one of them.
import type { Benchmark, Row } from "./benchmark";
import { apiPayments } from "./benchmarks/api-payments";
import { apiSessions } from "./benchmarks/api-sessions";
import { firstAnswer } from "./benchmarks/first-answer";
import { hangingEndpoint } from "./benchmarks/hanging-endpoint";
import { inquiries } from "./benchmarks/inquiries";
import { lighthouse } from "./benchmarks/lighthouse";
import { listSessions } from "./benchmarks/list-sessions";
import { memory } from "./benchmarks/memory";
import { mixed } from "./benchmarks/mixed";
import { notifications } from "./benchmarks/notifications";
import { pageScript } from "./benchmarks/page-script";
import { paymentPage } from "./benchmarks/payment-page";
import { refusals } from "./benchmarks/refusals";
import { searches } from "./benchmarks/search";
import { secondBrowser } from "./benchmarks/second-browser";
import { webhooks } from "./benchmarks/webhooks";
import { buildIsolated } from "./isolated-build";
import { printTable } from "./table";

const benchmarks = new Map<string, Benchmark>(
  Object.entries({
    "first-answer": firstAnswer,
    "page-script": pageScript,
    "payment-page": paymentPage,
    lighthouse,
    notifications,
    refusals,
    inquiries,
    mixed,
    "api-sessions": apiSessions,
    "api-payments": apiPayments,
    webhooks,
    "hanging-endpoint": hangingEndpoint,
    "list-sessions": listSessions,
    search: searches,
    "second-browser": secondBrowser,
    memory,
  }),
);

async function main(): Promise<void> {
  const chosen = chooseBenchmarks(process.argv.slice(2));
  const rows: Row[] = [];
  const failures: string[] = [];
  let build: string | undefined;
  const getBuild = () => {
    if (build === undefined) {
      console.log("Building a copy of the sources with the bench's additions ...");
      build = buildIsolated();
    }
    return build;
  };
  for (const [name, measure] of chosen) {
    console.log(`Measuring ${name} ...`);
    try {
      rows.push(...(await measure({ getBuild })));
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  printTable(rows);
  for (const failure of failures) console.error(`\nNo figure for ${failure}`);
  const missed = rows.filter(({ reached }) => reached === false).length;
  console.log(`\n${missed} goals missed, ${failures.length} benchmarks failed.`);
  // Ends whatever a failed benchmark has left running.
  process.exit(missed + failures.length > 0 ? 1 : 0);
}

function chooseBenchmarks(names: readonly string[]): [string, Benchmark][] {
  const known = [...benchmarks.keys()];
  const unknown = names.filter((name) => !benchmarks.has(name));
  if (unknown.length > 0)
    throw new Error(`No benchmark is called ${unknown.join(", ")}; there are: ${known.join(", ")}.`);
  return [...benchmarks].filter(([name]) => names.length === 0 || names.includes(name));
}

/** So that the handlers of `exit` also clean up after Ctrl-C. */
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
