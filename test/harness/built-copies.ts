// Real builds in folders of their own, for tests with several machines. They are kept in the temporary folder from run to run,
// until the sources change.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { at, hashOfSources, root } from "../../scripts/prepare.mjs";
import { buildTree, copyTree } from "./copy-tree";

export type Build = { folder: string; buildId: string };

/** A text of a file, and what stands there instead in the copy. */
export type Replacement = { file: string; from: string; to: string };

/**
 * Copies the sources and builds them there, unless that was done before.
 * @param name of the kind of copy; an older one of the same name is removed
 */
export function getBuiltCopy(name: string, replacements: readonly Replacement[] = []): Build {
  // The temporary folder belongs to all users of the machine, so where to look stands in the tree.
  const note = at(".cache", "built-copies", `${name}.json`);
  const wanted = JSON.stringify([hashOfSources(), process.version, replacements]);
  const known = readNote(note);
  if (known?.made === wanted && existsSync(path.join(known.folder, ".next", "BUILD_ID")))
    return toBuild(known.folder);
  if (known !== undefined) rmSync(path.dirname(known.folder), { recursive: true, force: true });
  rmSync(note, { force: true });
  const folder = createFolder(name);
  try {
    copyTree(folder);
    for (const replacement of replacements) replaceText(folder, replacement);
    buildTree(folder);
  } catch (error) {
    rmSync(path.dirname(folder), { recursive: true, force: true });
    throw error;
  }
  mkdirSync(path.dirname(note), { recursive: true });
  writeFileSync(note, JSON.stringify({ folder, made: wanted } satisfies Note));
  return toBuild(folder);
}

type Note = { folder: string; made: string };

function readNote(file: string): Note | undefined {
  if (!existsSync(file)) return undefined;
  const note: Partial<Note> = JSON.parse(readFileSync(file, "utf8"));
  return typeof note.folder === "string" && typeof note.made === "string"
    ? { folder: note.folder, made: note.made }
    : undefined;
}

/** With a lock file above it, as where several projects share a folder: a build may not depend on where it is made. */
function createFolder(name: string): string {
  const parent = mkdtempSync(path.join(os.tmpdir(), `kode-bayar-${name}-`));
  writeFileSync(path.join(parent, "package-lock.json"), "{}");
  return path.join(parent, "shop");
}

function replaceText(folder: string, { file, from, to }: Replacement): void {
  const place = path.join(folder, file);
  const text = readFileSync(place, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}.`);
  writeFileSync(place, text.replaceAll(from, to));
}

const toBuild = (folder: string): Build => ({
  folder,
  buildId: readFileSync(path.join(folder, ".next", "BUILD_ID"), "utf8").trim(),
});

/** The build of this tree. */
export const getOwnBuild = (): Build => toBuild(root);
