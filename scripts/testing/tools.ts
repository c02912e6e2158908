import { MISSING_CHROMIUM, findBrowser, getBrowser } from "../../test/harness/browser";
import { MISSING_POSTGRES, findPostgres } from "../../test/harness/find-postgres";
import { getPostgres } from "../../test/harness/get-postgres";

export type Tool = "postgres" | "chromium";

/** The paths of the tools; undefined for a tool that is missing. */
export type Tools = Partial<Record<Tool, string>>;

export type ToolSource = {
  name: Tool;
  missing: string;
  find: () => string | undefined;
  /** The environment variable with its path. If it is set, nothing is installed. */
  variable: string;
  install: (say: (line: string) => void) => Promise<void>;
};

export const toolSources: readonly ToolSource[] = [
  {
    name: "postgres",
    missing: MISSING_POSTGRES,
    find: () => findPostgres(),
    variable: "POSTGRES_BIN",
    install: (say) => getPostgres(say, () => findPostgres() !== undefined),
  },
  {
    name: "chromium",
    missing: MISSING_CHROMIUM,
    find: () => findBrowser(),
    variable: "CHROMIUM_PATH",
    install: getBrowser,
  },
];

/** Finds the needed tools and installs missing ones. @returns the tools, and a sentence for each that is still missing */
export async function prepareTools(
  needed: ReadonlySet<Tool>,
  {
    sources = toolSources,
    env = process.env,
    mayInstall,
    say,
  }: {
    sources?: readonly ToolSource[];
    env?: Record<string, string | undefined>;
    mayInstall: boolean;
    say: (line: string) => void;
  },
): Promise<{ tools: Tools; missing: string[] }> {
  const tools: Tools = {};
  const missing: string[] = [];
  for (const { name, missing: sentence, find, variable, install } of sources.filter((source) =>
    needed.has(source.name),
  )) {
    let found = find();
    if (found === undefined && mayInstall && !env[variable]) {
      await install(say);
      found = find();
    }
    if (found === undefined) missing.push(sentence);
    else tools[name] = found;
  }
  return { tools, missing };
}
