import { isSameOrigin, refuseControl } from "../control/guard";
import { moveClock, resetAll, setDown } from "../control/steer";
import { Down } from "../core/state";
import type { World } from "../core/world";
import { deliverRound } from "../notifications/deliver";
import { deliverAllDue } from "../notifications/retry-schedule";
import type { Answer, Received } from "../wire/http";
import { callsPage } from "./calls";
import { addFaultByForm, faultsPage, removeFaultsByForm, setSwitchesByForm } from "./faults";
import { homePage } from "./home";
import { howToPayPage } from "./how-to-pay";
import { html } from "./html";
import { decideAtIndodana, indodanaPage } from "./indodana";
import { notFoundPage, pageAnswer, securityHeaders, seeOther } from "./layout";
import { icon, style } from "./style";
import { payAtTill, receiptPage, tillPage } from "./till";

type View = (world: World, call: Received, parts: string[]) => Answer | Promise<Answer>;
type Act = (world: World, form: URLSearchParams, parts: string[]) => Answer | Promise<Answer>;

const asset = (body: string, contentType: string): Answer => ({
  kind: "answer",
  status: 200,
  body,
  contentType,
  headers: { ...securityHeaders(), "Cache-Control": "max-age=60" },
});

const views: [RegExp, View][] = [
  [/^\/$/, (world) => homePage(world)],
  [/^\/till$/, (world, call) => tillPage(world, call)],
  [/^\/till\/receipt\/([\w-]+)$/, (world, _call, [id = ""]) => receiptPage(world, id)],
  [/^\/indodana\/pay\/([\w-]+)$/, (world, _call, [id = ""]) => indodanaPage(world, id)],
  [/^\/calls$/, (world, call) => callsPage(world, call)],
  [/^\/faults$/, (world) => faultsPage(world)],
  [
    /^\/how-to-pay\/v2\/([a-z-]+)\/(\d+)\/([\w-]+)$/,
    (world, _call, [slug = "", code = "", token = ""]) => howToPayPage(world, slug, code, token),
  ],
  [/^\/simulator\/style\.css$/, () => asset(style, "text/css; charset=utf-8")],
  [/^\/simulator\/icon\.svg$/, () => asset(icon, "image/svg+xml")],
];

/** What a customer does; anybody who can open the page may. */
const customerActs: [RegExp, Act][] = [
  [/^\/till\/pay$/, payAtTill],
  [/^\/indodana\/pay\/([\w-]+)$/, (world, form, [id = ""]) => decideAtIndodana(world, id, form)],
];

/** What steers the simulator; for this machine only, as the control API. */
const steeringActs: [RegExp, Act][] = [
  [
    /^\/clock$/,
    (world, form) => {
      const seconds = Number(form.get("forwardSeconds"));
      moveClock(world, form.has("reset") ? { reset: true } : { forwardSeconds: Math.max(0, seconds || 0) });
      void deliverAllDue(world);
      return seeOther("/");
    },
  ],
  [
    /^\/down$/,
    (world, form) => {
      setDown(world, Down.catch("off").parse(form.get("mode")));
      return seeOther("/");
    },
  ],
  [
    /^\/notifications\/retry$/,
    async (world, form) => {
      const notification = world.state.notifications.get(form.get("id") ?? "");
      if (notification) await deliverRound(world, notification, true);
      return seeOther("/");
    },
  ],
  [/^\/faults\/add$/, addFaultByForm],
  [/^\/faults\/remove$/, removeFaultsByForm],
  [/^\/switches$/, setSwitchesByForm],
  [
    /^\/reset$/,
    (world) => {
      resetAll(world);
      return seeOther("/");
    },
  ],
];

function refusedPost(world: World, reason: string): Answer {
  return pageAnswer(world, { title: "Refused", status: 403, body: html`<p>${reason}</p>` });
}

async function act(world: World, call: Received): Promise<Answer> {
  if (!isSameOrigin(call)) return refusedPost(world, "This form was sent from another site.");
  const form = new URLSearchParams(call.body.toString("utf8"));
  for (const [pattern, answer] of [...customerActs, ...steeringActs]) {
    const found = pattern.exec(call.path);
    if (!found) continue;
    const steers = steeringActs.some(([steering]) => steering === pattern);
    if (steers && refuseControl(world, call))
      return refusedPost(world, "Only this machine may steer the simulator.");
    return answer(world, form, found.slice(1));
  }
  return notFoundPage(world);
}

/** The pages for people: everything that is neither DOKU's nor the control API's. */
export async function answerPage(world: World, call: Received): Promise<Answer> {
  if (call.method === "POST") return act(world, call);
  if (call.method !== "GET" && call.method !== "HEAD") return notFoundPage(world);
  for (const [pattern, answer] of views) {
    const found = pattern.exec(call.path);
    if (found) return answer(world, call, found.slice(1));
  }
  return notFoundPage(world);
}
