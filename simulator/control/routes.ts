import { z } from "zod";
import { FaultRequest } from "../core/faults";
import { parseJson } from "../core/json";
import { listSwitches } from "../core/switches";
import type { World } from "../core/world";
import { deliverAllDue } from "../notifications/retry-schedule";
import { sendAny, SendRequest } from "../notifications/send-any";
import { type Answer, jsonAnswer, type Received } from "../wire/http";
import {
  answerExpire,
  answerIndodana,
  answerInquiry,
  answerPay,
  answerRetry,
  ExpireRequest,
  InquiryRequest,
  missing,
  PayRequest,
  TenorRequest,
} from "./requests";
import {
  addFault,
  ClockRequest,
  DownRequest,
  moveClock,
  removeFaults,
  resetAll,
  setDown,
  setSwitches,
} from "./steer";
import { clockView, listCodes, listOrders, notificationView, stateView } from "./views";

type Asked = { body: unknown; query: URLSearchParams; part: (index: number) => string; wait: boolean };
type Route = [method: string, path: RegExp, answer: (world: World, asked: Asked) => Answer | Promise<Answer>];

const matching = (world: World, asked: Asked) => {
  const [invoice, customer] = [asked.query.get("invoice"), asked.query.get("customer")];
  return (bill: { invoice: string; customerName: string }) =>
    (invoice === null || bill.invoice === invoice) && (customer === null || bill.customerName === customer);
};

const reads: Route[] = [
  ["GET", /^state$/, (world) => jsonAnswer(200, stateView(world))],
  ["GET", /^clock$/, (world) => jsonAnswer(200, clockView(world))],
  ["GET", /^switches$/, (world) => jsonAnswer(200, { switches: listSwitches(world.state.switches) })],
  ["GET", /^faults$/, (world) => jsonAnswer(200, { faults: world.state.faults })],
  ["GET", /^calls$/, (world) => jsonAnswer(200, { calls: world.calls })],
  ["GET", /^ledger$/, (world) => jsonAnswer(200, { payments: world.state.payments })],
  [
    "GET",
    /^codes$/,
    (world, asked) => jsonAnswer(200, { codes: listCodes(world).filter(matching(world, asked)) }),
  ],
  [
    "GET",
    /^orders$/,
    (world, asked) => jsonAnswer(200, { orders: listOrders(world).filter(matching(world, asked)) }),
  ],
  [
    "GET",
    /^notifications$/,
    (world, asked) => {
      const invoice = asked.query.get("invoice");
      const all = [...world.state.notifications.values()].filter(
        (item) => (invoice ?? item.invoice) === item.invoice,
      );
      return jsonAnswer(200, { notifications: all.map(notificationView) });
    },
  ],
];

const steering: Route[] = [
  [
    "POST",
    /^clock$/,
    async (world, asked) => {
      moveClock(world, ClockRequest.parse(asked.body));
      // Whoever moves the clock sees what that sets off, unless they cannot wait.
      const delivered = asked.query.get("wait") === "0" ? 0 : await deliverAllDue(world);
      return jsonAnswer(200, { ...clockView(world), delivered });
    },
  ],
  [
    "POST",
    /^switches$/,
    (world, asked) => {
      setSwitches(world, z.record(z.string(), z.unknown()).parse(asked.body));
      return jsonAnswer(200, { switches: world.state.switches });
    },
  ],
  [
    "POST",
    /^faults$/,
    (world, asked) => jsonAnswer(201, { fault: addFault(world, FaultRequest.parse(asked.body)) }),
  ],
  [
    "DELETE",
    /^faults(?:\/([\w-]+))?$/,
    (world, asked) => {
      const customer = asked.query.get("customer");
      const kind = asked.query.get("kind");
      const words = {
        ...(asked.part(0) ? { id: asked.part(0) } : {}),
        ...(customer === null ? {} : { customer }),
        ...(kind === null ? {} : { kind }),
      };
      return jsonAnswer(200, { removed: removeFaults(world, words) });
    },
  ],
  [
    "POST",
    /^down$/,
    (world, asked) => {
      setDown(world, DownRequest.parse(asked.body).mode);
      return jsonAnswer(200, { down: world.state.down });
    },
  ],
  [
    "POST",
    /^reset$/,
    (world) => {
      resetAll(world);
      return jsonAnswer(200, { reset: true });
    },
  ],
];

const acting: Route[] = [
  ["POST", /^till\/inquiry$/, (world, asked) => answerInquiry(world, InquiryRequest.parse(asked.body))],
  ["POST", /^till\/pay$/, (world, asked) => answerPay(world, PayRequest.parse(asked.body), asked.wait)],
  ["POST", /^codes\/expire$/, (world, asked) => answerExpire(world, ExpireRequest.parse(asked.body))],
  [
    "POST",
    /^indodana\/([^/]+)\/(approve|refuse|cancel|refund)$/,
    (world, asked) => {
      const { tenorMonths } = TenorRequest.parse(asked.body);
      return answerIndodana(world, asked.part(0), asked.part(1), { wait: asked.wait, tenorMonths });
    },
  ],
  [
    "POST",
    /^notifications\/send$/,
    async (world, asked) =>
      jsonAnswer(200, { deliveries: await sendAny(world, SendRequest.parse(asked.body)) }),
  ],
  ["POST", /^notifications\/([\w-]+)\/retry$/, (world, asked) => answerRetry(world, asked.part(0))],
];

const PREFIX = "/simulator/api/";
const routes = [...reads, ...steering, ...acting];

async function runRoute(world: World, call: Received, path: string): Promise<Answer> {
  for (const [method, pattern, answer] of routes) {
    const found = method === call.method ? pattern.exec(path) : null;
    if (!found) continue;
    const body = call.body.length === 0 ? {} : parseJson(call.body.toString("utf8"));
    if (body === undefined) return jsonAnswer(400, { error: "not JSON" });
    const part = (index: number) => decodeURIComponent(found[index + 1] ?? "");
    return answer(world, { body, query: call.query, part, wait: call.query.get("wait") === "1" });
  }
  return missing("control call");
}

/** Undefined when the path is not of the control API. */
export async function answerControl(world: World, call: Received): Promise<Answer | undefined> {
  if (!call.path.startsWith(PREFIX)) return undefined;
  try {
    return await runRoute(world, call, call.path.slice(PREFIX.length));
  } catch (error) {
    if (error instanceof z.ZodError) return jsonAnswer(400, { error: z.prettifyError(error) });
    throw error;
  }
}
