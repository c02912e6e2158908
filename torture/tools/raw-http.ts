// HTTP written byte by byte, as no client library would send it.
import net from "node:net";

const TIMEOUT_MS = 4000;

export type RawRequest = {
  chunks: Buffer[];
  /** Whether to close our side after the last byte. */
  hangUp?: boolean;
};

/** Writes `chunks` and reads until a status line is there. @returns the status; 0 for an end without one */
export function sendRaw({ port, chunks, hangUp = true }: RawRequest & { port: number }): Promise<number> {
  return new Promise((answered) => {
    let received = "";
    const socket = net.connect({ port, host: "127.0.0.1" });
    const finish = () => {
      clearTimeout(timeout);
      socket.destroy();
      answered(parseStatus(received));
    };
    const timeout = setTimeout(finish, TIMEOUT_MS);
    socket.on("data", (data) => {
      received += data.toString("latin1");
      if (parseStatus(received) >= 200) finish();
    });
    socket.on("error", finish);
    socket.on("close", finish);
    socket.on("connect", () => {
      for (const chunk of chunks) socket.write(chunk);
      if (hangUp) socket.end();
    });
  });
}

/** Of the last status line: a 100 before it is no final response. */
function parseStatus(received: string): number {
  const lines = [...received.matchAll(/HTTP\/1\.[01] (\d{3})/g)];
  return Number(lines.at(-1)?.[1] ?? 0);
}

/** Pairs, so that a name can come twice and in any form. */
export type RawHeaders = [name: string, value: string][];

type RequestParts = {
  method?: string;
  path: string;
  version?: string;
  headers: RawHeaders;
  body: Buffer;
  lineEnd?: string;
};

/** The head and the body of a request. */
export function toChunks({
  method = "POST",
  path,
  version = "1.1",
  headers,
  body,
  lineEnd = "\r\n",
}: RequestParts): Buffer[] {
  const lines = [
    `${method} ${path} HTTP/${version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ];
  return [Buffer.from(lines.join(lineEnd), "latin1"), body];
}

/** The body in the chunked transfer coding. */
export function toChunkedBody(body: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let from = 0; from < body.length; from += size) {
    const piece = body.subarray(from, from + size);
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}
