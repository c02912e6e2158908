import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { controlRoutes } from "./control/routes";
import { currentTime, type Sandbox, type Settings } from "./core/sandbox";
import { loadState, openStateFile } from "./core/state-file";
import { defaultSettings } from "./default-settings";
import { dokuRoutes } from "./doku/routes";
import { merchantRoutes } from "./merchant/receive-webhook";
import { startSchedule } from "./notifications/retry-schedule";
import { pageRoutes } from "./pages/routes";
import { limitBody, type NodeApp } from "./wire/call";

export type SimulatorOptions = Partial<Settings> & {
  port?: number;
  host?: string;
  /** unset: memory only */
  stateFile?: string;
  log?: (line: string) => void;
};
export type Simulator = { url: string; port: number; close: () => Promise<void> };

const listenerOptions = { overrideGlobalObjects: false };

/** Longer than any client keeps an idle connection, so that it never uses one that was just closed. */
const KEEP_ALIVE_MS = 120_000;

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

/** Everything the simulator serves: its health, the control API, DOKU's addresses, and the pages. */
function createApp(sandbox: Sandbox): Hono<NodeApp> {
  const app = new Hono<NodeApp>();
  app.use(limitBody);
  app.get("/health", (c) => c.json({ status: "ok", now: currentTime(sandbox).toISOString() }));
  app.route("/simulator/api", controlRoutes(sandbox));
  app.route("/", dokuRoutes(sandbox));
  app.route("/", merchantRoutes(sandbox));
  app.route("/", pageRoutes(sandbox));
  app.onError((error, c) => {
    const { incoming } = c.env;
    // The caller closed the connection while sending. Any other error is a bug and must be seen.
    if (incoming.destroyed && !incoming.complete) return RESPONSE_ALREADY_SENT;
    console.error("simulator:", error);
    return c.json({ error: "the simulator itself failed" }, 500);
  });
  return app;
}

/** Starts the simulator; resolves when it listens. Port 0 takes any free one. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = "127.0.0.1", stateFile, log = () => {}, ...settings } = options;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  // Read before listening: a state file that cannot be read must stop the start, not the first call.
  const state = loadState(stateFile);
  const bound = await listen(server, port, host);
  const file = openStateFile(stateFile, () => sandbox.state);
  const publicUrl = (settings.publicUrl ?? `http://localhost:${bound}`).replace(/\/$/, "");
  const sandbox: Sandbox = {
    settings: { ...defaultSettings, ...settings, publicUrl },
    state,
    calls: [],
    webhooks: [],
    inDelivery: new Set(),
    changed: file.changed,
    log,
  };
  const app = createApp(sandbox);
  // Global Request and Response stay as they are: the simulator also runs inside other programs.
  server.on(
    "request",
    getRequestListener((request, env) => app.fetch(request, env), listenerOptions),
  );
  const schedule = startSchedule(sandbox);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: async () => {
      schedule.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await file.flush();
    },
  };
}
