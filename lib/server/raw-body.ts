import "server-only";

export type RawBody =
  { outcome: "read"; bytes: Uint8Array } | { outcome: "too_large" } | { outcome: "unreadable" };

/**
 * The exact bytes of a request, which a signature is over, up to a limit: Next has none for route handlers. Stops
 * reading there, whatever Content-Length says, and gives a slow sender ten seconds.
 */
export async function readRawBody(request: Request, limit = 64 * 1024): Promise<RawBody> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return { outcome: "too_large" };
  if (!request.body) return { outcome: "read", bytes: new Uint8Array() };
  const reader = request.body.getReader();
  let patience: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<RawBody>((done) => {
    patience = setTimeout(() => done(unreadable), slowest);
  });
  const read = await Promise.race([collect(reader, limit), tooSlow]).catch(() => unreadable);
  clearTimeout(patience);
  if (read.outcome !== "read") await reader.cancel().catch(() => undefined);
  return read;
}

/** Milliseconds. */
const slowest = 10_000;
const unreadable: RawBody = { outcome: "unreadable" };

async function collect(reader: ReadableStreamDefaultReader<Uint8Array>, limit: number): Promise<RawBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { outcome: "read", bytes: Buffer.concat(chunks) };
    size += value.byteLength;
    if (size > limit) return { outcome: "too_large" };
    chunks.push(value);
  }
}
