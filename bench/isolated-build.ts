// Builds a copy of the sources as they are, with two additions for the bench, outside the working tree.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  readlinkSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { at, childEnv, root } from "../scripts/prepare.mjs";

const folders = new Set<string>();
process.once("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Deleted when the process exits. */
export function createTemporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), `kode-bayar-bench-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

type BuildOptions = {
  env?: Record<string, string>;
  /** What to do in the folder before it is built. */
  prepare?: (folder: string) => void;
};

/** Builds with an empty page and a route that does nothing, which are no part of the product. @returns the folder */
export function buildIsolated({ env = {}, prepare }: BuildOptions = {}): string {
  const folder = path.join(createTemporaryFolder("tree"), "kode-bayar");
  copySources(folder);
  linkPackages(at("node_modules"), path.join(folder, "node_modules"));
  cpSync(at("bench", "added"), folder, { recursive: true });
  prepare?.(folder);
  const next = path.join(folder, "node_modules", "next", "dist", "bin", "next");
  const built = spawnSync(process.execPath, [next, "build"], {
    cwd: folder,
    env: childEnv(env),
    encoding: "utf8",
  });
  if (built.status !== 0)
    throw new Error(`The copy for the bench does not build:\n${built.stdout}${built.stderr}`);
  return folder;
}

/** Uncommitted changes too, so that a change can be measured before it is committed. */
function copySources(folder: string): void {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1e8 }).split("\0");
  for (const file of files.filter((name) => name !== "" && existsSync(at(name)))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(at(file), path.join(folder, file));
  }
}

/** By hard links, which are fast. Turbopack follows no symbolic link out of the folder. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    const source = path.join(from, entry);
    const target = path.join(to, entry);
    const kind = lstatSync(source);
    if (kind.isDirectory()) linkPackages(source, target);
    else if (kind.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target, entry.startsWith("."));
  }
}

/** Dot files are copied: tools write them in place, and a link would change the original. Links fail across disks. */
function linkOrCopy(source: string, target: string, mustCopy: boolean): void {
  if (mustCopy) return copyFileSync(source, target);
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
