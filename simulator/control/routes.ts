import { type Context, Hono } from "hono";
import { z } from "zod";
import { paylaterChannels } from "../channels/list";
import { parseJson } from "../core/json";
import type { Sandbox } from "../core/sandbox";
import { listSwitches } from "../core/switches";
import { deliverAllDue } from "../notifications/retry-schedule";
import { sendCustomMessage, SendRequest } from "../notifications/send-custom";
import type { NodeApp } from "../wire/call";
import { mayControl } from "./guard";
import {
  answerDecision,
  answerExpire,
  answerInquiry,
  answerPay,
  answerRetry,
  type ControlAnswer,
  ExpireRequest,
  InquiryRequest,
  missing,
  PayRequest,
  TenorRequest,
} from "./requests";
import {
  addFault,
  ArmRequest,
  ClockRequest,
  DownRequest,
  moveClock,
  removeFaults,
  resetAll,
  setDown,
  setSwitches,
} from "./mutations";
import { clockView, listCodes, listOrders, notificationView, stateView } from "./views";

class NotJson extends Error {}

/** Parses the body; an empty body counts as an empty object. */
async function parseBody<T>(c: Context<NodeApp>, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  const body = text === "" ? {} : parseJson(text);
  if (body === undefined) throw new NotJson();
  return schema.parse(body);
}

const send = (c: Context<NodeApp>, { status, value }: ControlAnswer) => c.json(value, status);
const isWaiting = (c: Context<NodeApp>) => c.req.query("wait") === "1";

/** Filters by the invoice and customer in the query. */
function matchesQuery(c: Context<NodeApp>) {
  const { invoice, customer } = c.req.query();
  return (bill: { invoice: string; customerName: string }) =>
    (invoice ?? bill.invoice) === bill.invoice && (customer ?? bill.customerName) === bill.customerName;
}

function addReads(app: Hono<NodeApp>, sandbox: Sandbox): void {
  app.get("/state", (c) => c.json(stateView(sandbox)));
  app.get("/clock", (c) => c.json(clockView(sandbox)));
  app.get("/switches", (c) => c.json({ switches: listSwitches(sandbox.state.switches) }));
  app.get("/faults", (c) => c.json({ faults: sandbox.state.faults }));
  app.get("/calls", (c) => c.json({ calls: sandbox.calls }));
  app.get("/ledger", (c) => c.json({ payments: sandbox.state.payments }));
  app.get("/codes", (c) => c.json({ codes: listCodes(sandbox).filter(matchesQuery(c)) }));
  app.get("/orders", (c) => c.json({ orders: listOrders(sandbox).filter(matchesQuery(c)) }));
  app.get("/notifications", (c) => {
    const invoice = c.req.query("invoice");
    const all = [...sandbox.state.notifications.values()];
    const found = all.filter((item) => (invoice ?? item.invoice) === item.invoice);
    return c.json({ notifications: found.map(notificationView) });
  });
}

function addSteering(app: Hono<NodeApp>, sandbox: Sandbox): void {
  app.post("/clock", async (c) => {
    moveClock(sandbox, await parseBody(c, ClockRequest));
    // The response waits for the deliveries that the new time makes due, unless the caller asks not to.
    const delivered = c.req.query("wait") === "0" ? 0 : await deliverAllDue(sandbox);
    return c.json({ ...clockView(sandbox), delivered });
  });
  app.post("/switches", async (c) => {
    setSwitches(sandbox, await parseBody(c, z.record(z.string(), z.unknown())));
    return c.json({ switches: sandbox.state.switches });
  });
  app.post("/faults", async (c) => c.json({ fault: addFault(sandbox, await parseBody(c, ArmRequest)) }, 201));
  app.delete("/faults/:id?", (c) => {
    const { customer, kind } = c.req.query();
    return c.json({ removed: removeFaults(sandbox, { id: c.req.param("id"), customer, kind }) });
  });
  app.post("/down", async (c) => {
    setDown(sandbox, (await parseBody(c, DownRequest)).mode);
    return c.json({ down: sandbox.state.down });
  });
  app.post("/reset", (c) => {
    resetAll(sandbox);
    return c.json({ reset: true });
  });
}

function addActions(app: Hono<NodeApp>, sandbox: Sandbox): void {
  app.post("/till/inquiry", async (c) =>
    send(c, await answerInquiry(sandbox, await parseBody(c, InquiryRequest))),
  );
  app.post("/till/pay", async (c) =>
    send(c, await answerPay(sandbox, await parseBody(c, PayRequest), isWaiting(c))),
  );
  app.post("/codes/expire", async (c) => send(c, answerExpire(sandbox, await parseBody(c, ExpireRequest))));
  for (const { id: channel } of paylaterChannels) {
    app.post(`/${channel}/:key/:action{approve|refuse|cancel|refund}`, async (c) => {
      const { tenorMonths } = await parseBody(c, TenorRequest);
      const { key, action } = c.req.param();
      return send(c, await answerDecision(sandbox, { channel, key, action, tenorMonths }, isWaiting(c)));
    });
  }
  app.post("/notifications/send", async (c) =>
    c.json({ deliveries: await sendCustomMessage(sandbox, await parseBody(c, SendRequest)) }),
  );
  app.post("/notifications/:id/retry", async (c) => send(c, await answerRetry(sandbox, c.req.param("id"))));
}

/** The control API, below `/simulator/api`. */
export function controlRoutes(sandbox: Sandbox): Hono<NodeApp> {
  const app = new Hono<NodeApp>();
  app.use((c, next) =>
    mayControl(sandbox, c)
      ? next()
      : Promise.resolve(c.json({ error: "the control API is served to this machine only" }, 403)),
  );
  addReads(app, sandbox);
  addSteering(app, sandbox);
  addActions(app, sandbox);
  app.all("*", (c) => send(c, missing("control call")));
  app.onError((error, c) => {
    if (error instanceof NotJson) return c.json({ error: "not JSON" }, 400);
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });
  return app;
}
