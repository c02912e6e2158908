import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import { createCheckout } from "./checkout";
import type { OrderLine } from "./orders";
import { Orders } from "./orders";
import { missingPage, orderPage, ordersPage, shopPage, style } from "./pages";
import { products } from "./products";
import type { Settings } from "./settings";
import { readWebhook } from "./webhooks";

const maxQuantity = 20;

/** The whole shop: a list of products, orders, and the address that webhooks come to. */
export function createShop(settings: Settings): Hono {
  const orders = new Orders(settings.ordersFile);
  const checkout = createCheckout(settings);
  const app = new Hono();

  app.get("/", (c) => c.html(shopPage()));
  app.get("/style.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/orders", (c) => c.html(ordersPage(orders.list())));
  app.get("/orders/:id", (c) => {
    const order = orders.find(c.req.param("id"));
    return order ? c.html(orderPage(order)) : c.html(missingPage(), 404);
  });

  app.post("/orders", async (c) => {
    const lines = readLines(await c.req.formData());
    if (lines.length === 0) return c.html(shopPage("Pilih sedikitnya satu."), 400);
    const id = randomBytes(5).toString("hex").toUpperCase();
    const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    orders.add({ id, lines, total, placedAt: new Date().toISOString() });
    return goToCheckout(c, id);
  });

  // A buyer who came back without paying: the same order is the same session.
  app.post("/orders/:id/pay", (c) => goToCheckout(c, c.req.param("id")));

  async function goToCheckout(c: Context, id: string): Promise<Response> {
    const order = orders.find(id);
    if (!order) return c.html(missingPage(), 404);
    const asked = await checkout.askForSession(order).catch(() => undefined);
    if (asked?.outcome !== "created")
      return c.html(shopPage(asked?.problem?.title ?? "Kasir belum bisa dihubungi. Coba lagi."), 502);
    orders.connect(id, asked.session.id);
    return c.redirect(asked.session.url, 303);
  }

  app.post("/webhooks", async (c) => {
    const read = readWebhook(settings.webhookSecret, {
      headers: c.req.header(),
      rawBody: await c.req.text(),
    });
    if (read.outcome === "not_verified") return c.text("The signature does not fit.", 401);
    orders.receive(read.id, read.news);
    return c.body(null, 204);
  });

  return app;
}

function readLines(form: FormData): OrderLine[] {
  return products.flatMap(({ id, name, price }) => {
    const quantity = Number(form.get(id) ?? 0);
    const isCount = Number.isInteger(quantity) && quantity > 0 && quantity <= maxQuantity;
    return isCount ? [{ productId: id, name, price, quantity }] : [];
  });
}
