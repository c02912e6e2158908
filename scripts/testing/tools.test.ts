import { expect, test } from "vitest";
import { type Tool, type ToolSource, prepareTools } from "./tools";

/** A machine with the tools in `present`; `afterwards` has the paths of those that can be installed. */
function machine(present: Partial<Record<Tool, string>>, afterwards: Partial<Record<Tool, string>> = {}) {
  const said: string[] = [];
  const installed: Tool[] = [];
  const here = { ...present };
  const createSource = (name: Tool): ToolSource => ({
    name,
    missing: `${name} is missing.`,
    find: () => here[name],
    variable: `${name.toUpperCase()}_PLACE`,
    install: async (say) => {
      say(`Installing ${name}.`);
      installed.push(name);
      const place = afterwards[name];
      if (place !== undefined) here[name] = place;
    },
  });
  const sources = [createSource("postgres"), createSource("chromium")];
  const prepare = (needed: Tool[], mayInstall = true, env: Record<string, string> = {}) =>
    prepareTools(new Set(needed), { sources, env, mayInstall, say: (line) => said.push(line) });
  return { prepare, said, installed };
}

test("installs neither a tool that is present nor one that is not needed", async () => {
  const { prepare, said, installed } = machine({ postgres: "/pg/bin" });
  expect(await prepare(["postgres"])).toEqual({ tools: { postgres: "/pg/bin" }, missing: [] });
  expect([said, installed]).toEqual([[], []]);
});

test("installs a missing tool after printing one line about it", async () => {
  const { prepare, said } = machine({ postgres: "/pg/bin" }, { chromium: "/cache/chrome" });
  const { tools, missing } = await prepare(["postgres", "chromium"]);
  expect(tools).toEqual({ postgres: "/pg/bin", chromium: "/cache/chrome" });
  expect(missing).toEqual([]);
  expect(said).toEqual(["Installing chromium."]);
});

test("returns one sentence for each missing tool when nothing may be installed", async () => {
  const { prepare, said, installed } = machine({}, { postgres: "/cache/pg", chromium: "/cache/chrome" });
  expect(await prepare(["postgres", "chromium"], false)).toEqual({
    tools: {},
    missing: ["postgres is missing.", "chromium is missing."],
  });
  expect([said, installed]).toEqual([[], []]);
});

test("returns one sentence for a tool that could not be installed", async () => {
  const { prepare } = machine({});
  expect(await prepare(["postgres"])).toEqual({ tools: {}, missing: ["postgres is missing."] });
});

test("installs nothing when the environment names a path of the tool", async () => {
  const { prepare, installed } = machine({}, { postgres: "/cache/pg" });
  const env = { POSTGRES_PLACE: "/wrong" };
  expect(await prepare(["postgres"], true, env)).toEqual({ tools: {}, missing: ["postgres is missing."] });
  expect(installed).toEqual([]);
});
