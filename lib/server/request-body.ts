import "server-only";

export type RequestBody =
  | { outcome: "read"; bytes: Uint8Array }
  | { outcome: "too_large" }
  /** The connection broke, or the body took too long. */
  | { outcome: "unreadable" };

type Limits = { limitBytes?: number; timeoutMs?: number; discardMs?: number };

/**
 * Reads the exact bytes of a request, over which its signature is computed, with a limit on size and time. A body that
 * was not read completely must be answered with `Connection: close`.
 */
export async function readRequestBody(
  request: Request,
  { limitBytes = 64 * 1024, timeoutMs = 10_000, discardMs = 2_000 }: Limits = {},
): Promise<RequestBody> {
  const reader = request.body?.getReader();
  if (!reader) return { outcome: "read", bytes: new Uint8Array() };
  const isDeclaredTooLarge = Number(request.headers.get("content-length") ?? 0) > limitBytes;
  const body = isDeclaredTooLarge
    ? ({ outcome: "too_large" } as const)
    : await within(timeoutMs, collect(reader, limitBytes));
  // Closing a connection with unread bytes can destroy the answer (RFC 9112, 9.6), so the rest is read for a moment.
  if (body?.outcome === "too_large") await within(discardMs, discard(reader));
  return body ?? { outcome: "unreadable" };
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function collect(reader: Reader, limitBytes: number): Promise<RequestBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done)
      return { outcome: "read", bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) };
    size += value.byteLength;
    if (size > limitBytes) return { outcome: "too_large" };
    chunks.push(value);
  }
}

async function discard(reader: Reader): Promise<void> {
  while (!(await reader.read()).done);
}

/**
 * @returns undefined when it fails or takes longer. The stream is not cancelled: that would cut the connection before
 * the answer.
 */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, ms, undefined)));
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
