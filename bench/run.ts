// `npm run bench`: every figure of docs/performance.md, measured anew. `npm run bench -- notifications` takes one alone.
import { checkNode, installPackages } from "../scripts/prepare.mjs";
import { printTable } from "./table";
import { buildWorkshop } from "./isolated-build";

/** Loaded when needed: a clone without packages still has to be told what is wrong with it. */
const figures = {
  "first-answer": async () => (await import("./benchmarks/first-answer")).firstAnswer,
  "page-script": async () => (await import("./benchmarks/page-script")).pageScript,
  notifications: async () => (await import("./benchmarks/notifications")).notifications,
  refusals: async () => (await import("./benchmarks/refusals")).refusals,
  inquiries: async () => (await import("./benchmarks/inquiries")).inquiries,
  mixed: async () => (await import("./benchmarks/mixed")).mixed,
  "second-browser": async () => (await import("./benchmarks/second-browser")).secondBrowser,
  memory: async () => (await import("./benchmarks/memory")).memory,
};

async function main() {
  checkNode();
  const wanted = chosen(process.argv.slice(2));
  await installPackages();
  const [rows, failures] = [[], []];
  const workshop = once(() => {
    console.log("Building a tree of the bench's own ...");
    return buildWorkshop();
  });
  for (const name of wanted) {
    console.log(`Measuring ${name} ...`);
    try {
      const measure = await figures[name]();
      rows.push(...(await measure({ workshop })));
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }
  printTable(rows);
  for (const failure of failures) console.error(`\nNo figure for ${failure}`);
  const missed = rows.filter(({ reached }) => reached === false).length;
  console.log(`\n${missed} goals missed, ${failures.length} figures void.`);
  // Whatever a figure that failed has left running ends with it.
  process.exit(missed + failures.length > 0 ? 1 : 0);
}

function chosen(names) {
  const unknown = names.filter((name) => !(name in figures));
  if (unknown.length === 0) return names.length > 0 ? names : Object.keys(figures);
  throw new Error(
    `No figure is called ${unknown.join(", ")}; there are: ${Object.keys(figures).join(", ")}.`,
  );
}

function once(make) {
  let made;
  return () => (made ??= make());
}

/** So that what `exit` cleans up is also cleaned up after Ctrl-C. */
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
