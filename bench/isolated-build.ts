// Builds a copy of the sources as they are, with two additions for the bench, outside the working tree.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { at } from "../scripts/prepare.mjs";
import { buildTree, copyTree } from "../test/harness/copy-tree";

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
  copyTree(folder);
  cpSync(at("bench", "added"), folder, { recursive: true });
  prepare?.(folder);
  buildTree(folder, env);
  return folder;
}
