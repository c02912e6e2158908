import "server-only";
import type { IncomingMessage } from "node:http";
import { countUnfinished } from "./unfinished-bodies";

export type RawBody =
  | { outcome: "read"; bytes: Buffer }
  | { outcome: "too_large" }
  | { outcome: "unreadable" }
  /** Too many bodies are under way at once, and this one had taken longest. */
  | { outcome: "crowded" };

/**
 * The exact bytes of a request, which a signature is over, up to a limit. Stops reading there, whatever Content-Length
 * says, and gives a slow sender ten seconds, or less when there are many of them. What was not read to its end must be
 * answered with `Connection: close`.
 * @param client whose unfinished bodies are counted together
 */
export function readRawBody(
  request: IncomingMessage,
  { client, limit = 64 * 1024 }: { client: string; limit?: number },
): Promise<RawBody> {
  if (Number(request.headers["content-length"] ?? 0) > limit)
    return Promise.resolve({ outcome: "too_large" });
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let leave = () => {};
    const finish = (body: RawBody) => {
      clearTimeout(patience);
      clearImmediate(turn);
      leave();
      request.off("data", take).off("end", complete).off("close", broken).pause();
      done(body);
    };
    const take = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > limit) finish({ outcome: "too_large" });
      else chunks.push(chunk);
    };
    const complete = () => finish({ outcome: "read", bytes: Buffer.concat(chunks) });
    const broken = () => finish({ outcome: "unreadable" });
    const patience = setTimeout(broken, slowest);
    // A body that came with its head is whole by then: honest senders are not counted, however many come at once.
    const turn = setImmediate(() => {
      leave = countUnfinished(client, () => finish({ outcome: "crowded" }));
    });
    // An error is followed by "close"; without a listener it would end the process.
    request.on("error", () => undefined);
    request.on("data", take).once("end", complete).once("close", broken);
  });
}

/** Milliseconds. */
const slowest = 10_000;
