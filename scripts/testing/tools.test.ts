import { expect, test } from "vitest";
import { type Tool, type ToolShop, prepareTools } from "./tools";

/** A machine on which tools lie at `present`, and where getting one puts it at `afterwards`. */
function machine(present: Partial<Record<Tool, string>>, afterwards: Partial<Record<Tool, string>> = {}) {
  const [said, got]: [string[], Tool[]] = [[], []];
  const here = { ...present };
  const shop = (name: Tool): ToolShop => ({
    name,
    missing: `${name} is missing.`,
    find: () => here[name],
    variable: `${name.toUpperCase()}_PLACE`,
    get: async (say) => {
      say(`Getting ${name}.`);
      got.push(name);
      const place = afterwards[name];
      if (place !== undefined) here[name] = place;
    },
  });
  const shops = [shop("postgres"), shop("chromium")];
  const prepare = (needed: Tool[], mayInstall = true, env: Record<string, string> = {}) =>
    prepareTools(new Set(needed), { shops, env, mayInstall, say: (line) => said.push(line) });
  return { prepare, said, got };
}

test("gets nothing that is there, and nothing that is not needed", async () => {
  const { prepare, said, got } = machine({ postgres: "/pg/bin" });
  expect(await prepare(["postgres"])).toEqual({ tools: { postgres: "/pg/bin" }, missing: [] });
  expect([said, got]).toEqual([[], []]);
});

test("gets what is missing after one line that says so", async () => {
  const { prepare, said } = machine({ postgres: "/pg/bin" }, { chromium: "/cache/chrome" });
  const { tools, missing } = await prepare(["postgres", "chromium"]);
  expect(tools).toEqual({ postgres: "/pg/bin", chromium: "/cache/chrome" });
  expect(missing).toEqual([]);
  expect(said).toEqual(["Getting chromium."]);
});

test("says one sentence for each missing tool and gets none where nothing may be installed", async () => {
  const { prepare, said, got } = machine({}, { postgres: "/cache/pg", chromium: "/cache/chrome" });
  expect(await prepare(["postgres", "chromium"], false)).toEqual({
    tools: {},
    missing: ["postgres is missing.", "chromium is missing."],
  });
  expect([said, got]).toEqual([[], []]);
});

test("says what could not be got", async () => {
  const { prepare } = machine({});
  expect(await prepare(["postgres"])).toEqual({ tools: {}, missing: ["postgres is missing."] });
});

test("gets nothing against the word of a person who named a place", async () => {
  const { prepare, got } = machine({}, { postgres: "/cache/pg" });
  const env = { POSTGRES_PLACE: "/wrong" };
  expect(await prepare(["postgres"], true, env)).toEqual({ tools: {}, missing: ["postgres is missing."] });
  expect(got).toEqual([]);
});
