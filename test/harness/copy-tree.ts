// Copies of the sources in other folders, which can be built there.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { at, childEnv, root } from "../../scripts/prepare.mjs";

/** The sources and the packages, without any build; uncommitted changes too, so that they can be tried before a commit. */
export function copyTree(folder: string): void {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1e8 }).split("\0");
  for (const file of files.filter((name) => name !== "" && existsSync(at(name)))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(at(file), path.join(folder, file));
  }
  linkPackages(at("node_modules"), path.join(folder, "node_modules"));
}

/** @throws with the output of a build that failed */
export function buildTree(folder: string, env: Record<string, string> = {}): void {
  const next = path.join(folder, "node_modules", "next", "dist", "bin", "next");
  const built = spawnSync(process.execPath, [next, "build"], {
    cwd: folder,
    env: childEnv(env),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (built.status !== 0)
    throw new Error(`The copy in ${folder} does not build:\n${built.stdout}${built.stderr}`);
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
