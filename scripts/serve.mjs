// The web server: Next for people, and before it a door of our own for DOKU (docs/decisions/011). `--dev` builds as one
// writes. npm start runs it; on its own it takes PORT from the environment.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { securityHeaders } from "./security-headers.mjs";

const dev = process.argv.includes("--dev");
const port = Number(process.env.PORT ?? 3000);
process.env.NODE_ENV ??= dev ? "development" : "production";

/** `open` is called with what takes DOKU's messages by lib/server/doku/doku-door.ts, which Next bundles and starts. */
const opened = new Promise((open) => (globalThis.kodeBayarDoor = { open, securityHeaders }));

const { default: next } = await import("next");
const server = createServer();
const app = next({ dev, dir: fileURLToPath(new URL("..", import.meta.url)), port, httpServer: server });
await app.prepare();
// Next is ready before the door is; whoever came in between would be told that there is nothing here.
const takes = await opened;
const handle = app.getRequestHandler();
server.on("request", (request, response) => {
  // The server as a whole, which a request may name instead of an address; Next would answer 500.
  if (request.url === "*") response.writeHead(400, securityHeaders).end();
  else if (!takes(request, response)) void handle(request, response);
});
server.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(port);
