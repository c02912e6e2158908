// `npm run torture -- small|full [--only NAMES] [--without NAMES] [--seed N] [--beside FOLDER]`: kills, floods and attacks a
// running shop, and counts the damage. The last line has the sums: lost, twice, wrong. Any of them gives exit code 1.
import { buildIfNeeded } from "../scripts/prepare.mjs";
import { quantile } from "../bench/statistics";
import type { Result } from "./scenario";
import { scenarios } from "./scenario-list";
import type { SizeName } from "./scenario-list";
import { createRandom } from "./tools/random";

const say = (text: string) => void process.stdout.write(`${text}\n`);

type Options = { size: SizeName; names: string[]; seed: number; beside: string | undefined };

async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2));
  await buildIfNeeded();
  say(`torture ${options.size}, seed ${options.seed}`);
  const results: Result[] = [];
  for (const name of options.names) results.push(...(await play(name, options)));
  printTable(results);
  const total = (kind: "lost" | "twice" | "wrong") => results.reduce((sum, result) => sum + result[kind], 0);
  const [lost, twice, wrong] = [total("lost"), total("twice"), total("wrong")];
  say(`\ntorture: lost ${lost}, twice ${twice}, wrong ${wrong}`);
  // Connections of the load may still be open.
  process.exit(lost + twice + wrong > 0 ? 1 : 0);
}

function parseArguments(args: string[]): Options {
  const named = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const size = args.find((arg) => arg === "small" || arg === "full") ?? "small";
  const all = [...scenarios.keys()];
  const only = named("--only")?.split(",") ?? all;
  const without = named("--without")?.split(",") ?? [];
  const unknown = [...only, ...without].filter((name) => !scenarios.has(name));
  if (unknown.length > 0)
    throw new Error(`No scenario is called ${unknown.join(", ")}; there are: ${all.join(", ")}.`);
  const names = only.filter((name) => !without.includes(name));
  const seed = Number(named("--seed") ?? Math.floor(Math.random() * 1e9));
  return { size, names, seed, beside: named("--beside") };
}

/** A scenario that breaks off has proved nothing, which counts as wrong. */
async function play(name: string, { size, seed, beside }: Options): Promise<Result[]> {
  const begun = performance.now();
  const elapsed = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
  try {
    const results = (await scenarios.get(name)?.(size, { random: createRandom(seed), beside })) ?? [];
    for (const { what, note = "", problems = [] } of results) {
      say(`${name}, ${elapsed()}: ${what}${note ? `: ${note}` : ""}`);
      for (const problem of problems) say(`FOUND ${what}: ${problem}`);
    }
    return results;
  } catch (error) {
    const reason = error instanceof Error ? error.stack : String(error);
    say(`FOUND ${name}, broke down after ${elapsed()}: ${reason}`);
    return [{ what: name, howMany: "broke down", lost: 0, twice: 0, wrong: 1 }];
  }
}

const columns = ["what", "how many", "lost", "twice", "wrong", "recovery p50", "p99"];

function printTable(results: Result[]): void {
  const cells = results.map(({ what, howMany, lost, twice, wrong, recovery = [] }) => [
    what,
    howMany,
    String(lost),
    String(twice),
    String(wrong),
    ...[0.5, 0.99].map((share) => (recovery.length > 0 ? `${Math.round(quantile(recovery, share))} ms` : "")),
  ]);
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const line = (texts: string[]) =>
    `| ${texts.map((text, at) => text.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  say(
    `\n${[line(columns), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n")}\n`,
  );
}

/** So that the handlers of `exit`, which end processes and delete folders, also run after a signal. */
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
