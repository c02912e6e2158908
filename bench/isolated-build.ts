// A tree of the bench's own: the sources as they stand, the packages as they are installed, and two additions.
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

const folders = new Set();
process.once("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Gone when the bench ends, however it ends, short of a kill -9. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `kode-bayar-bench-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/**
 * The build with the empty page and the route that does nothing; neither is ever a part of the product.
 * @param {object} [options]
 * @param {Record<string, string>} [options.env]
 * @param {(folder: string) => void} [options.prepare] what to do in the folder before it is built
 */
export function buildWorkshop({ env = {}, prepare = (_folder) => {} } = {}) {
  const folder = path.join(temporaryFolder("tree"), "kode-bayar");
  copySources(folder);
  linkPackages(at("node_modules"), path.join(folder, "node_modules"));
  cpSync(at("bench", "added"), folder, { recursive: true });
  prepare(folder);
  const next = path.join(folder, "node_modules", "next", "dist", "bin", "next");
  const built = spawnSync(process.execPath, [next, "build"], {
    cwd: folder,
    env: childEnv(env),
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`The bench's tree does not build:\n${built.stdout}${built.stderr}`);
  return folder;
}

/** As they stand, committed or not, so that a change can be measured before it is committed. */
function copySources(folder) {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1e8 }).split("\0");
  for (const file of files.filter((name) => name !== "" && existsSync(at(name)))) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(at(file), path.join(folder, file));
  }
}

/** Hard links: hundreds of megabytes in a second. Turbopack follows no symbolic link out of its tree. */
function linkPackages(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    const [source, target] = [path.join(from, entry), path.join(to, entry)];
    const kind = lstatSync(source);
    if (kind.isDirectory()) linkPackages(source, target);
    else if (kind.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target, entry.startsWith("."));
  }
}

/** Dot files are written in place by their owners, which a hard link would carry back; other disks take no links. */
function linkOrCopy(source, target, mustCopy) {
  if (mustCopy) return copyFileSync(source, target);
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
