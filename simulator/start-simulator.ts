import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refuseControl } from "./control/guard";
import { answerControl } from "./control/routes";
import { recordCall } from "./core/call-log";
import { loadState, openStateFile } from "./core/state-file";
import { nowOf, type Settings, type World } from "./core/world";
import { answerAsDoku } from "./doku/routes";
import { startSchedule } from "./notifications/retry-schedule";
import { answerPage } from "./pages/routes";
import { jsonAnswer, type Outcome, readRequest, type Received, sendOutcome } from "./wire/http";

export type SimulatorOptions = Partial<Settings> & {
  port?: number;
  host?: string;
  /** unset: memory only */
  stateFile?: string;
  log?: (line: string) => void;
};
export type Simulator = { url: string; port: number; close: () => Promise<void> };

/** Longer than any client keeps an idle connection, so that none is cut under its next call. */
const KEEP_ALIVE_MS = 120_000;

export const defaultSettings: Omit<Settings, "publicUrl"> = {
  clientId: "MCH-0001-10791114622547",
  secretKey: "SK-SimulatorOnly0123456789",
  notificationUrl: "http://localhost:3000/api/doku/notifications",
  inquiryUrl: "http://localhost:3000/api/doku/inquiries",
  dipcBins: ["889651"],
  mgpcBins: ["889651"],
};

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

async function answerAnything(world: World, call: Received): Promise<Outcome> {
  if (call.path === "/health") return jsonAnswer(200, { status: "ok", now: nowOf(world).toISOString() });
  if (call.path.startsWith("/simulator/api/")) {
    return refuseControl(world, call) ?? (await answerControl(world, call)) ?? jsonAnswer(404, {});
  }
  const started = performance.now();
  const at = nowOf(world).toISOString();
  const outcome = await answerAsDoku(world, call);
  if (!outcome) return answerPage(world, call);
  const answered = outcome.kind === "answer" ? outcome : undefined;
  recordCall(world.calls, {
    direction: "received",
    at,
    method: call.method,
    target: call.path,
    headers: call.headers,
    body: call.body.toString("utf8"),
    status: answered?.status ?? null,
    answerHeaders: answered?.headers ?? {},
    answer: answered?.body.toString() ?? "",
    note: answered ? "" : outcome.kind,
    durationMs: Math.round(performance.now() - started),
  });
  return outcome;
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readRequest(request);
    sendOutcome(
      response,
      call ? await answerAnything(world, call) : jsonAnswer(413, { error: "body too large" }),
    );
  } catch (error) {
    // A caller that hung up is no fault of ours; anything else is a bug and must be seen.
    if (request.destroyed && !request.complete) return;
    console.error("simulator:", error);
    if (!response.headersSent)
      sendOutcome(response, jsonAnswer(500, { error: "the simulator itself failed" }));
  }
}

/** Starts the simulator; resolves when it listens. Port 0 takes any free one. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = "127.0.0.1", stateFile, log = () => {}, ...settings } = options;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  // Read before listening: a state file that cannot be read must stop the start, not the first call.
  const state = loadState(stateFile);
  const bound = await listen(server, port, host);
  const file = openStateFile(stateFile, () => world.state);
  const publicUrl = (settings.publicUrl ?? `http://localhost:${bound}`).replace(/\/$/, "");
  const world: World = {
    settings: { ...defaultSettings, ...settings, publicUrl },
    state,
    calls: [],
    onTheWay: new Set(),
    changed: file.changed,
    log,
  };
  server.on("request", (request, response) => void serve(world, request, response));
  const schedule = startSchedule(world);
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
