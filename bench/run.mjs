// `npm run bench`: every figure of docs/performance.md, measured anew. `npm run bench -- notifications` takes one alone.
import { checkNode, installPackages } from "../scripts/prepare.mjs";
import { printTable } from "./table.mjs";
import { buildWorkshop } from "./workshop.mjs";

/** Loaded when needed: a clone without packages still has to be told what is wrong with it. */
const figures = {
  "first-answer": async () => (await import("./figures/first-answer.mjs")).firstAnswer,
  "page-script": async () => (await import("./figures/page-script.mjs")).pageScript,
  notifications: async () => (await import("./figures/notifications.mjs")).notifications,
  refusals: async () => (await import("./figures/refusals.mjs")).refusals,
  inquiries: async () => (await import("./figures/inquiries.mjs")).inquiries,
  mixed: async () => (await import("./figures/mixed.mjs")).mixed,
  "second-browser": async () => (await import("./figures/second-browser.mjs")).secondBrowser,
  memory: async () => (await import("./figures/memory.mjs")).memory,
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
