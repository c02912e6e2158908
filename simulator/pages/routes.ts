import { Hono } from "hono";
import { isSameOrigin, maySteer } from "../control/guard";
import { moveClock, resetAll, setDown } from "../control/steer";
import { Down } from "../core/state";
import type { Sandbox } from "../core/sandbox";
import { deliverRound } from "../notifications/deliver";
import { deliverAllDue } from "../notifications/retry-schedule";
import { callsPage } from "./calls";
import { addFaultByForm, faultsPage, removeFaultsByForm, setSwitchesByForm } from "./faults";
import { homePage } from "./home";
import { howToPayPage } from "./how-to-pay";
import { html } from "./html";
import { notFoundPage, renderPage, securityHeaders, seeOther } from "./layout";
import { type PageApp, type PageContext, readForm } from "./page-context";
import { decidePaylaterOrder, paylaterOrderPage } from "./paylater";
import { icon, style } from "./style";
import { payAtTill, receiptPage, tillPage } from "./till";

const PAYLATER_PAGE = "/:channel{[a-z]+}/pay/:id{[A-Za-z0-9_-]+}";

const asset = (c: PageContext, body: string, contentType: string) =>
  c.body(body, 200, {
    ...securityHeaders(),
    "Content-Type": contentType,
    "Cache-Control": "max-age=60",
  });

const refusedPost = (c: PageContext, reason: string) =>
  renderPage(c, { title: "Refused", status: 403, body: html`<p>${reason}</p>` });

function addViews(app: Hono<PageApp>): void {
  app.get("/", homePage);
  app.get("/till", tillPage);
  app.get("/till/receipt/:id{[A-Za-z0-9_-]+}", receiptPage);
  app.get(PAYLATER_PAGE, (c) => paylaterOrderPage(c));
  app.get("/calls", callsPage);
  app.get("/faults", (c) => faultsPage(c));
  app.get("/how-to-pay/v2/:slug{[a-z-]+}/:code{[0-9]+}/:token{[A-Za-z0-9_-]+}", howToPayPage);
  app.get("/simulator/style.css", (c) => asset(c, style, "text/css; charset=utf-8"));
  app.get("/simulator/icon.svg", (c) => asset(c, icon, "image/svg+xml"));
}

async function moveClockByForm(c: PageContext) {
  const { sandbox } = c.var;
  const form = await readForm(c);
  const seconds = Number(form.get("forwardSeconds"));
  moveClock(sandbox, form.has("reset") ? { reset: true } : { forwardSeconds: Math.max(0, seconds || 0) });
  void deliverAllDue(sandbox);
  return seeOther(c, "/");
}

async function retryByForm(c: PageContext) {
  const { sandbox } = c.var;
  const notification = sandbox.state.notifications.get((await readForm(c)).get("id") ?? "");
  if (notification) await deliverRound(sandbox, notification, true);
  return seeOther(c, "/");
}

/** Forms that steer the simulator; for this machine only, like the control API. */
function addSteering(app: Hono<PageApp>): void {
  const steering = new Hono<PageApp>();
  steering.post("/clock", moveClockByForm);
  steering.post("/down", async (c) => {
    setDown(c.var.sandbox, Down.catch("off").parse((await readForm(c)).get("mode")));
    return seeOther(c, "/");
  });
  steering.post("/notifications/retry", retryByForm);
  steering.post("/faults/add", addFaultByForm);
  steering.post("/faults/remove", removeFaultsByForm);
  steering.post("/switches", setSwitchesByForm);
  steering.post("/reset", (c) => {
    resetAll(c.var.sandbox);
    return seeOther(c, "/");
  });
  for (const { method, path, handler } of steering.routes) {
    app.on(method, path, (c, next) =>
      maySteer(c.var.sandbox, c)
        ? handler(c, next)
        : refusedPost(c, "Only this machine may steer the simulator."),
    );
  }
}

/** The pages for people, for every address that is neither DOKU's nor the control API's. */
export function pageRoutes(sandbox: Sandbox): Hono<PageApp> {
  const app = new Hono<PageApp>();
  app.use(async (c, next) => {
    c.set("sandbox", sandbox);
    if (c.req.method !== "POST" || isSameOrigin(c)) return next();
    return refusedPost(c, "This form was sent from another site.");
  });
  addViews(app);
  // What a customer does: anyone who can open the page may.
  app.post("/till/pay", payAtTill);
  app.post(PAYLATER_PAGE, decidePaylaterOrder);
  addSteering(app);
  app.all("*", notFoundPage);
  return app;
}
