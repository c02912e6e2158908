import { execaSync } from "execa";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { postgresFolders } from "./get-postgres";

const OLDEST_VERSION = 15;

/** What the search needs to know of a machine, so that a test can replace it. */
export type Machine = {
  env: Record<string, string | undefined>;
  platform: string;
  /** Names in a folder; none when it is not there. */
  list(folder: string): string[];
  /** The major version of a PostgreSQL in a bin folder that runs and has initdb; otherwise undefined. */
  majorVersion(bin: string): number | undefined;
};

export const MISSING_POSTGRES =
  `PostgreSQL ${OLDEST_VERSION} or newer is missing: install it (Debian: apt-get install postgresql, macOS: brew ` +
  `install postgresql@17), or set POSTGRES_BIN to its bin folder.`;

/** The bin folder of a usable PostgreSQL, or undefined. With POSTGRES_BIN only that one is considered. */
export function findPostgres(machine: Machine = thisMachine): string | undefined {
  const { POSTGRES_BIN: chosen } = machine.env;
  const isUsable = (bin: string) => (machine.majorVersion(bin) ?? 0) >= OLDEST_VERSION;
  return (chosen ? [chosen] : placesToLook(machine)).find(isUsable);
}

export function placesToLook({ env, platform, list }: Machine): string[] {
  const separator = platform === "win32" ? ";" : ":";
  const onPath = (env["PATH"] ?? "").split(separator).filter((folder) => folder !== "");
  const newestFirst = (names: string[]) =>
    names.toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const below = (folder: string, pattern: RegExp) =>
    newestFirst(list(folder).filter((name) => pattern.test(name))).map((name) => `${folder}/${name}/bin`);
  return [
    ...onPath,
    ...below("/usr/lib/postgresql", /^\d+$/),
    ...["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"].flatMap((folder) =>
      below(folder, /^postgresql(@\d+)?$/),
    ),
    ...below("/Applications/Postgres.app/Contents/Versions", /^\d+$/),
    ...postgresFolders(),
  ];
}

const program = (bin: string, name: string) =>
  path.join(bin, process.platform === "win32" ? `${name}.exe` : name);

const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  majorVersion: (bin) => {
    const [postgres, initdb] = [program(bin, "postgres"), program(bin, "initdb")];
    if (!existsSync(postgres) || !existsSync(initdb)) return undefined;
    const { stdout, failed } = execaSync(postgres, ["--version"], { reject: false });
    return failed ? undefined : Number(/\d+/.exec(stdout)?.[0]);
  },
};
