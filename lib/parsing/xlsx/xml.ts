import { Parser } from "saxen";
import { BrokenArchive } from "./archive";
import type { Archive } from "./archive";

/** What happens while a document is read. Names are without a prefix: `x:row` is `row`. */
export type XmlHandler = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** The longest tag or text that is waited for. An endless one would be held, and searched again with every piece. */
const maxToken = 256 * 1024;

/**
 * Reads an XML file of an archive piece by piece. Document types and entities of their own are skipped, so that nothing
 * expands. After each piece other work of the process may run.
 * @param afterPiece called between pieces; reading stops when it returns false
 * @throws BrokenArchive
 */
export async function readXml(
  archive: Archive,
  name: string,
  handler: XmlHandler,
  afterPiece: () => boolean | Promise<boolean> = () => true,
): Promise<void> {
  const parser = new Parser();
  let waiting = 0;
  let failure: Error | undefined;
  const guard = <Args extends unknown[]>(handle: (...args: Args) => void) => {
    return (...args: Args) => {
      waiting = 0;
      handle(...args);
    };
  };
  parser.on("error", (error) => (failure ??= error));
  parser.on(
    "openTag",
    guard((tag: string, getAttributes: () => Record<string, string>) => {
      const attributes: Record<string, string> = {};
      for (const [key, value] of Object.entries(getAttributes())) attributes[toLocal(key)] = decode(value);
      handler.open?.(toLocal(tag), attributes);
    }),
  );
  parser.on(
    "closeTag",
    guard((tag: string) => handler.close?.(toLocal(tag))),
  );
  parser.on(
    "text",
    guard((text: string) => handler.text?.(decode(text))),
  );
  parser.on(
    "cdata",
    guard((text: string) => handler.text?.(text)),
  );
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const piece of archive.read(name)) {
    waiting += piece.byteLength;
    parser.write(decodePiece(decoder, piece));
    if (failure) throw new BrokenArchive(`${name} is not XML`, { cause: failure });
    if (waiting > maxToken) throw new BrokenArchive(`${name} has an endless part`);
    if (!(await afterPiece())) return;
  }
  parser.end();
  if (failure) throw new BrokenArchive(`${name} is not XML`, { cause: failure });
}

function decodePiece(decoder: TextDecoder, piece: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch (error) {
    throw new BrokenArchive("not UTF-8", { cause: error });
  }
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The references that XML itself has, also to characters beyond U+FFFF, which saxen's own decoder cuts. */
const decode = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x10_ff_ff ? whole : String.fromCodePoint(code);
    },
  );

const toLocal = (name: string): string => name.slice(name.indexOf(":") + 1);
