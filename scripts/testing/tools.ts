import { MISSING_CHROMIUM, findBrowser, getBrowser } from "../../test/harness/browser";
import { MISSING_POSTGRES, findPostgres } from "../../test/harness/find-postgres";
import { getPostgres } from "../../test/harness/get-postgres";

export type Tool = "postgres" | "chromium";

/** What the machine has for the tests, by path; undefined for what it has not. */
export type Tools = Partial<Record<Tool, string>>;

export type ToolShop = {
  name: Tool;
  missing: string;
  find: () => string | undefined;
  /** Of the environment: where a person says that it is. Nothing is got against their word. */
  variable: string;
  get: (say: (line: string) => void) => Promise<void>;
};

export const toolShops: readonly ToolShop[] = [
  {
    name: "postgres",
    missing: MISSING_POSTGRES,
    find: () => findPostgres(),
    variable: "POSTGRES_BIN",
    get: (say) => getPostgres(say, () => findPostgres() !== undefined),
  },
  {
    name: "chromium",
    missing: MISSING_CHROMIUM,
    find: () => findBrowser(),
    variable: "CHROMIUM_PATH",
    get: getBrowser,
  },
];

/**
 * Finds the tools that are needed, and gets what is missing unless NO_INSTALL says not to.
 * @returns the tools, and a sentence for each one that is still missing
 */
export async function prepareTools(
  needed: ReadonlySet<Tool>,
  {
    shops = toolShops,
    env = process.env,
    mayInstall,
    say,
  }: {
    shops?: readonly ToolShop[];
    env?: Record<string, string | undefined>;
    mayInstall: boolean;
    say: (line: string) => void;
  },
): Promise<{ tools: Tools; missing: string[] }> {
  const tools: Tools = {};
  const missing: string[] = [];
  for (const { name, missing: sentence, find, variable, get } of shops.filter((shop) =>
    needed.has(shop.name),
  )) {
    let found = find();
    if (found === undefined && mayInstall && !env[variable]) {
      await get(say);
      found = find();
    }
    if (found === undefined) missing.push(sentence);
    else tools[name] = found;
  }
  return { tools, missing };
}
