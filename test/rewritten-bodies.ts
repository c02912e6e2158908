/** Other bytes for the same JSON, as a proxy or a parser would make them: only the bytes that were sent may be verified. */
export const rewrittenBodies: Record<string, (json: string) => Uint8Array> = {
  "bytes that are not UTF-8": (json) => Buffer.concat([Buffer.from(json), Buffer.from([0xff, 0xc0])]),
  "a byte order mark": (json) => Buffer.from(`\ufeff${json}`),
  "a key that comes twice": (json) => Buffer.from(json.replace("{", '{"service":{"id":"X"},')),
  "escaped slashes and letters": (json) => Buffer.from(json.replace("ALFA", "A\\u004cFA\\/")),
  "line breaks and indents": (json) => Buffer.from(JSON.stringify(JSON.parse(json), null, 2)),
  "blanks around it": (json) => Buffer.from(`\r\n\t ${json} \n`),
};
