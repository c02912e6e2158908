// HTTP written by hand, byte by byte, as no client library would send it.
import net from "node:net";

const LONGEST = 4000;

/** Writes `chunks` and reads until an answer's first line is there. @returns its status; 0 for an end without one */
export function sendRaw({ port, chunks, hangUp = true }) {
  return new Promise((answered) => {
    let said = "";
    const socket = net.connect({ port, host: "127.0.0.1" });
    const finish = () => {
      clearTimeout(late);
      socket.destroy();
      answered(statusOf(said));
    };
    const late = setTimeout(finish, LONGEST);
    socket.on("data", (data) => {
      said += data.toString("latin1");
      if (statusOf(said) >= 200) finish();
    });
    socket.on("error", finish);
    socket.on("close", finish);
    socket.on("connect", () => {
      for (const chunk of chunks) socket.write(chunk);
      if (hangUp) socket.end();
    });
  });
}

/** The last status line: a 100 before it is no answer yet. */
function statusOf(said) {
  const lines = [...said.matchAll(/HTTP\/1\.[01] (\d{3})/g)];
  return Number(lines.at(-1)?.[1] ?? 0);
}

/** A whole request; `headers` is a list of pairs, so that names may come twice and in any form. */
export function requestOf({ method = "POST", path, version = "1.1", headers, body, lineEnd = "\r\n" }) {
  const lines = [
    `${method} ${path} HTTP/${version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ];
  return [Buffer.from(lines.join(lineEnd), "latin1"), body];
}

/** The body in pieces, each with its length before it. */
export function chunked(body, size) {
  const parts = [];
  for (let from = 0; from < body.length; from += size) {
    const piece = body.subarray(from, from + size);
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}
