import type { Readable } from "node:stream";
import { fromBufferPromise } from "yauzl";
import type { Entry } from "yauzl";

/** Of everything that is read of one file, unpacked: ten thousand bills with all their texts are a tenth of it. */
export const maxUnpackedBytes = 64 * 1024 * 1024;
/** A workbook has some dozens. */
const maxEntries = 2_000;

/** The file is not what it says, holds too much, or is cut off. */
export class BrokenArchive extends Error {}

export type Archive = {
  /** Names of all files in it. */
  names: ReadonlySet<string>;
  /**
   * The unpacked bytes of a file, piece by piece. All files of an archive together have one limit, whatever the archive
   * says of their sizes.
   * @throws BrokenArchive
   */
  read: (name: string) => AsyncIterable<Uint8Array>;
};

/** Opens a ZIP archive in memory. @throws BrokenArchive */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const entries = new Map<string, Entry>();
  const file = await asBroken(fromBufferPromise(Buffer.from(bytes), { lazyEntries: true, autoClose: false }));
  if (file.entryCount > maxEntries) throw new BrokenArchive("too many entries");
  try {
    for await (const entry of file.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    throw new BrokenArchive("unreadable entries", { cause: error });
  }
  let left = maxUnpackedBytes;
  async function* read(name: string): AsyncIterable<Uint8Array> {
    const entry = entries.get(name);
    if (!entry || !entry.canDecodeFileData()) throw new BrokenArchive(`no readable ${name}`);
    const stream: Readable = await asBroken(file.openReadStreamPromise(entry));
    try {
      for await (const piece of stream as AsyncIterable<Uint8Array>) {
        left -= piece.byteLength;
        if (left < 0) throw new BrokenArchive("too much to unpack");
        yield piece;
      }
    } catch (error) {
      throw error instanceof BrokenArchive ? error : new BrokenArchive("cut off", { cause: error });
    } finally {
      stream.destroy();
    }
  }
  return { names: new Set(entries.keys()), read };
}

const asBroken = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw new BrokenArchive("not a ZIP archive", { cause: error });
  });
