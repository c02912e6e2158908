import { Hono } from "hono";
import { isSameOrigin, mayControl } from "../control/guard";
import { moveClock, resetAll, setDown } from "../control/mutations";
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
import { type PageApp, type PageContext, parseForm } from "./page-context";
import { decidePaylaterOrder, paylaterOrderPage } from "./paylater";
import { icon, style } from "./style";
import { payAtTill, receiptPage, tillPage } from "./till";
import { webhooksPage } from "./webhooks";

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
  app.get("/webhooks", webhooksPage);
  app.get("/faults", (c) => faultsPage(c));
  app.get("/how-to-pay/v2/:slug{[a-z-]+}/:code{[0-9]+}/:token{[A-Za-z0-9_-]+}", howToPayPage);
  app.get("/simulator/style.css", (c) => asset(c, style, "text/css; charset=utf-8"));
  app.get("/simulator/icon.svg", (c) => asset(c, icon, "image/svg+xml"));
}

async function moveClockByForm(c: PageContext) {
  const { sandbox } = c.var;
  const form = await parseForm(c);
  const seconds = Number(form.get("forwardSeconds"));
  moveClock(sandbox, form.has("reset") ? { reset: true } : { forwardSeconds: Math.max(0, seconds || 0) });
  void deliverAllDue(sandbox);
  return seeOther(c, "/");
}

async function retryByForm(c: PageContext) {
  const { sandbox } = c.var;
  const notification = sandbox.state.notifications.get((await parseForm(c)).get("id") ?? "");
  if (notification) await deliverRound(sandbox, notification, true);
  return seeOther(c, "/");
}

/** Forms that control the simulator; for this machine only, like the control API. */
function addSteering(app: Hono<PageApp>): void {
  const controlForms = new Hono<PageApp>();
  controlForms.post("/clock", moveClockByForm);
  controlForms.post("/down", async (c) => {
    setDown(c.var.sandbox, Down.catch("off").parse((await parseForm(c)).get("mode")));
    return seeOther(c, "/");
  });
  controlForms.post("/notifications/retry", retryByForm);
  controlForms.post("/faults/add", addFaultByForm);
  controlForms.post("/faults/remove", removeFaultsByForm);
  controlForms.post("/switches", setSwitchesByForm);
  controlForms.post("/reset", (c) => {
    resetAll(c.var.sandbox);
    return seeOther(c, "/");
  });
  for (const { method, path, handler } of controlForms.routes) {
    app.on(method, path, (c, next) =>
      mayControl(c.var.sandbox, c)
        ? handler(c, next)
        : refusedPost(c, "Only this machine may control the simulator."),
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
  // Forms of customers: anyone who can open the page may send them.
  app.post("/till/pay", payAtTill);
  app.post(PAYLATER_PAGE, decidePaylaterOrder);
  addSteering(app);
  app.all("*", notFoundPage);
  return app;
}
