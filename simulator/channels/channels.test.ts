import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  at,
  createBody,
  hasSample,
  hasValidSignature,
  newInvoice,
  sample,
  setupTestContext,
  toShape,
  type TestContext,
} from "../testing";
import type { Channel } from "./channel";
import { channels, paylaterChannels } from "./list";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(async () => {
  await context.control("POST", "reset");
  context.merchant.deliveries.length = 0;
});

const createPath = (channel: Channel): string => channel.createPaths[0]?.path ?? "";

async function create(channel: Channel) {
  const invoice = newInvoice();
  const answer = await context.post(createPath(channel), createBody(channel, invoice));
  return { invoice, answer };
}

function pay(channel: Channel, { invoice, answer }: Awaited<ReturnType<typeof create>>) {
  if (channel.kind === "paylater_order") {
    return context.control("POST", `${channel.id}/${invoice}/approve?wait=1`);
  }
  const code = at(answer.json, "online_to_offline_info.payment_code");
  return context.control("POST", "till/pay?wait=1", { code, store: channel.id });
}

const getStatus = async (invoice: string): Promise<unknown> =>
  (await context.get(`/orders/v1/status/${invoice}`)).json;

const wireIds = ({ wireIds: ids }: Channel) => ({
  service: { id: ids.service },
  acquirer: { id: ids.acquirer },
  channel: { id: ids.channel },
});

describe("channels", () => {
  test("every channel has its own id, create path and wire ids", () => {
    const paths = channels.flatMap((channel) => channel.createPaths.map(({ path }) => path));
    for (const values of [
      paths,
      channels.map(({ id }) => id),
      channels.map((item) => item.wireIds.channel),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test.each(channels)("answers a create call of $id with the invoice, signed", async (channel) => {
    const { invoice, answer } = await create(channel);
    expect([answer.status, at(answer.json, "order.invoice_number")]).toEqual([200, invoice]);
    const facts = { label: "Response-Timestamp", target: createPath(channel), body: answer.text } as const;
    expect(hasValidSignature(answer.headers, facts)).toBe(true);
    expect((await context.get(createPath(channel))).status).toBe(405);
  });

  test.each(channels)("reports a payment of $id as PENDING, then as SUCCESS", async (channel) => {
    const created = await create(channel);
    expect(await getStatus(created.invoice)).toMatchObject({
      ...wireIds(channel),
      transaction: { status: "PENDING" },
    });
    expect(at((await pay(channel, created)).json, "outcome")).toBe("paid");
    expect(at(await getStatus(created.invoice), "transaction.status")).toBe("SUCCESS");
  });

  test.each(channels)(
    "sends a signed notification of a payment of $id with its wire ids",
    async (channel) => {
      const created = await create(channel);
      await pay(channel, created);
      expect(context.merchant.deliveries).toHaveLength(1);
      const { headers = {}, body = "", path: target = "" } = context.merchant.deliveries[0] ?? {};
      expect(hasValidSignature(headers, { label: "Request-Timestamp", target, body })).toBe(true);
      const content: unknown = JSON.parse(body);
      expect(content).toMatchObject({
        ...wireIds(channel),
        order: { invoice_number: created.invoice },
        transaction: { status: "SUCCESS" },
      });
      const published = `${channel.id}.notification.success`;
      if (hasSample(published)) expect(toShape(content)).toEqual(toShape(sample(published)));
    },
  );

  test.each(channels)("shows $id on the home page and in the form of the faults", async ({ id, name }) => {
    const [home = "", faults = ""] = await Promise.all(
      ["/", "/faults"].map(async (path) => (await fetch(`${context.simulator.url}${path}`)).text()),
    );
    expect(home).toContain(name);
    expect(faults).toContain(`<option>${id}</option>`);
  });

  test.each(paylaterChannels)("redirects the customer of $id to the page of that lender", async (channel) => {
    const { answer } = await create(channel);
    const { pathname } = new URL(String(at(answer.json, "payment.url")));
    expect(pathname).toMatch(new RegExp(`^/${channel.id}/pay/[\\w-]{43}$`));
    const page = await (await fetch(`${context.simulator.url}${pathname}`)).text();
    expect(page).toContain(`${channel.name} stand-in`);
    const elsewhere = pathname.replace(`/${channel.id}/`, "/unknown/");
    expect((await fetch(`${context.simulator.url}${elsewhere}`)).status).toBe(404);
  });
});
