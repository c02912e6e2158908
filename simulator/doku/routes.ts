import { type Context, Hono } from "hono";
import type { Channel, CreatePath } from "../channels/channel";
import { channels } from "../channels/list";
import { recordCall } from "../core/call-log";
import { currentTime, type Sandbox } from "../core/sandbox";
import { type NodeApp, type ReceivedCall, sendOutcome, toReceivedCall, type WireOutcome } from "../wire/call";
import { answerStatusCheck } from "./check-status";
import { answerHowToPay } from "./how-to-pay";
import { unavailable, unknownPath, wrongMethod } from "./refusal";
import { answerSignedWrite } from "./signed-write";

const STATUS = "/orders/v1/status/";

type Answerer = (call: ReceivedCall, c: Context<NodeApp>) => WireOutcome | Promise<WireOutcome>;

/** Appendix A, point 8: every response is labelled by a header, which the merchant's code must not read. */
const withEmulatorHeader = (outcome: WireOutcome): WireOutcome =>
  outcome.kind === "answer"
    ? { ...outcome, headers: { ...outcome.headers, "X-Emulator": "doku-sandbox" } }
    : outcome;

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A Hono handler that answers as DOKU: down when DOKU is, labelled and logged. */
function asDoku(sandbox: Sandbox, answer: Answerer) {
  return async (c: Context<NodeApp>): Promise<Response> => {
    const started = performance.now();
    const at = currentTime(sandbox).toISOString();
    const call = await toReceivedCall(c);
    const { down } = sandbox.state;
    const outcome = withEmulatorHeader(
      down === "reset" ? { kind: "cut" } : down === "http_503" ? unavailable() : await answer(call, c),
    );
    const answered = outcome.kind === "answer" ? outcome : undefined;
    recordCall(sandbox.calls, {
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
    return sendOutcome(c, outcome);
  };
}

function answerWrite(sandbox: Sandbox, channel: Channel, at: CreatePath): Answerer {
  return (call) => {
    const { switches } = sandbox.state;
    const now = currentTime(sandbox);
    if (at.isServed && !at.isServed(switches)) return unknownPath(call.path, now);
    if (at.warning) sandbox.log(`warning: ${at.warning}`);
    if (call.method === "POST") return answerSignedWrite(sandbox, call, { stage: "create", channel, at });
    const isChange = call.method === "PATCH" && at.takesChanges?.(switches);
    return isChange
      ? answerSignedWrite(sandbox, call, { stage: "change", channel, at })
      : wrongMethod(call.method, call.path, now);
  };
}

/** DOKU's Direct API: the addresses of every channel, Check Status and the how-to-pay API. */
export function dokuRoutes(sandbox: Sandbox): Hono<NodeApp> {
  const app = new Hono<NodeApp>();
  for (const channel of channels) {
    for (const at of channel.createPaths) {
      app.all(at.path, asDoku(sandbox, answerWrite(sandbox, channel, at)));
    }
  }
  app.all(
    `${STATUS}*`,
    asDoku(sandbox, (call) => {
      if (!call.path.startsWith(STATUS)) return unknownPath(call.path, currentTime(sandbox));
      return call.method === "GET"
        ? answerStatusCheck(sandbox, call, decodeOrKeep(call.path.slice(STATUS.length)))
        : wrongMethod(call.method, call.path, currentTime(sandbox));
    }),
  );
  app.all(
    "/:slug{[a-z-]+}/v2/how-to-pay-api/:code{[0-9]+}/:token{[A-Za-z0-9_-]+}",
    asDoku(sandbox, (_call, c) => {
      const { slug = "", code = "", token = "" } = c.req.param();
      return answerHowToPay(sandbox, slug, code, token);
    }),
  );
  const unknown = asDoku(sandbox, (call) => unknownPath(call.path, currentTime(sandbox)));
  // The instructions for people are a page of the simulator, unless DOKU is down.
  app.all("/how-to-pay/*", (c, next) => (sandbox.state.down === "off" ? next() : unknown(c)));
  app.all("/:service{[a-z-]+}/:version{v[0-9]}/*", (c, next) =>
    c.req.path.startsWith("/how-to-pay/") ? next() : unknown(c),
  );
  return app;
}
