import { crc32, deflateRawSync } from "node:zlib";

type ZipFile = {
  name: string;
  content: string | Uint8Array;
  /** What the archive says of its size, for a lie. */
  declaredSize?: number;
};

/** A ZIP archive of these files, in the parts of the format that every program writes. */
export function toZip(files: readonly ZipFile[]): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize } of files) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    // Version 2.0, no flags, deflated, no time.
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declaredSize ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const relations = (...all: string[]) => `<?xml version="1.0"?><Relationships>${all.join("")}</Relationships>`;

/** The smallest workbook that Excel opens. @param sheetData the rows as XML */
export function toWorkbook(
  sheetData: string,
  more: { sheets?: string; workbookPr?: string; files?: ZipFile[] } = {},
): Uint8Array {
  const sheets = more.sheets ?? `<sheet name="Bills" sheetId="1" r:id="r1"/>`;
  return toZip([
    { name: "_rels/.rels", content: relations(relation("a", "officeDocument", "xl/workbook.xml")) },
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns:r="x">${more.workbookPr ?? ""}<sheets>${sheets}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relations(
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "worksheet", "/xl/worksheets/sheet2.xml"),
        relation("r3", "sharedStrings", "sharedStrings.xml"),
        relation("r4", "styles", "styles.xml"),
      ),
    },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `<worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
    },
    ...(more.files ?? []),
  ]);
}

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Rows of texts. */
export const toRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (cells) =>
        `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${escape(cell)}</t></is></c>`).join("")}</row>`,
    )
    .join("");
