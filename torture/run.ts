// `npm run torture -- small|full [--only NAMES] [--without NAMES] [--seed N] [--beside FOLDER]`: kills, floods and deceives
// a running shop, and counts what that cost. The last line says it: lost, twice, wrong. Any of them ends it with exit code 1.
import { buildIfNeeded, checkNode, installPackages } from "../scripts/prepare.mjs";
import { quantile } from "../bench/statistics";
import { parts } from "./scenario-list";
import { randomFrom } from "./tools/random";

const say = (text) => void process.stdout.write(`${text}\n`);

async function main() {
  checkNode();
  const { size, names, seed, beside } = readArguments(process.argv.slice(2));
  await installPackages();
  await buildIfNeeded();
  say(`torture ${size}, seed ${seed}`);
  const rows = [];
  for (const name of names) rows.push(...(await play(name, { size, seed, beside })));
  printTable(rows);
  const total = (kind) => rows.reduce((sum, row) => sum + row[kind], 0);
  const [lost, twice, wrong] = [total("lost"), total("twice"), total("wrong")];
  say(`\ntorture: lost ${lost}, twice ${twice}, wrong ${wrong}`);
  // Connections of the load may still be open, and nothing of theirs matters any more.
  process.exit(lost + twice + wrong > 0 ? 1 : 0);
}

function readArguments(args) {
  const named = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const size = args.find((arg) => arg === "small" || arg === "full") ?? "small";
  const all = Object.keys(parts);
  const [only, without] = [named("--only")?.split(",") ?? all, named("--without")?.split(",") ?? []];
  const unknown = [...only, ...without].filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`No part is called ${unknown.join(", ")}; there are: ${all.join(", ")}.`);
  const names = only.filter((name) => !without.includes(name));
  const seed = Number(named("--seed") ?? Math.floor(Math.random() * 1e9));
  return { size, names, seed, beside: named("--beside") };
}

/** A part that breaks down has proved nothing, which counts as wrong. */
async function play(name, { size, seed, beside }) {
  const begun = performance.now();
  const { load, ...sizes } = parts[name];
  const took = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
  try {
    const work = await load();
    const rows = [await work({ ...sizes[size], random: randomFrom(seed), seed, beside })].flat();
    for (const { what, note = "", words = [] } of rows) {
      say(`${name}, ${took()}: ${what}${note ? `: ${note}` : ""}`);
      for (const word of words) say(`FOUND ${what}: ${word}`);
    }
    return rows;
  } catch (error) {
    say(`FOUND ${name}, broke down after ${took()}: ${error?.stack ?? error}`);
    return [{ what: name, howMany: "broke down", lost: 0, twice: 0, wrong: 1 }];
  }
}

const columns = ["what", "how many", "lost", "twice", "wrong", "recovery p50", "p99"];

function printTable(rows) {
  const cells = rows.map(({ what, howMany, lost, twice, wrong, recovery = [] }) => [
    what,
    howMany,
    String(lost),
    String(twice),
    String(wrong),
    ...[0.5, 0.99].map((share) => (recovery.length > 0 ? `${Math.round(quantile(recovery, share))} ms` : "")),
  ]);
  const widths = columns.map((name, at) => Math.max(name.length, ...cells.map((line) => line[at].length)));
  const line = (parts) => `| ${parts.map((part, at) => part.padEnd(widths[at])).join(" | ")} |`;
  say(
    `\n${[line(columns), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n")}\n`,
  );
}

/** Children and folders are cleared away by handlers of `exit`, so every end must come to that. */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
