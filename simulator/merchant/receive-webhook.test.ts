import { Webhook } from "standardwebhooks";
import { afterEach, expect, test } from "vitest";
import { startSimulator } from "../start-simulator";
import type { Simulator } from "../start-simulator";

const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
});

async function post(body: string, signed = body): Promise<number> {
  const at = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("evt_1", at, signed),
  };
  return (await fetch(`${simulator?.url}/merchant/webhooks`, { method: "POST", headers, body })).status;
}
const showPage = async () => (await fetch(`${simulator?.url}/webhooks`)).text();

test("the simulator shows the merchant's webhooks, and which of them is not signed or came before", async () => {
  simulator = await startSimulator({ webhookSecret: secret });
  expect(await showPage()).toContain("Nothing yet");
  const body = JSON.stringify({ type: "checkout_session.paid", data: { note: "<b>Rp92.000</b>" } });
  expect(await post(body)).toBe(204);
  expect(await post(body)).toBe(204);
  expect(await post(body.replace("92", "93"), body)).toBe(401);
  const page = await showPage();
  expect(page.match(/class="tag good"/g)).toHaveLength(2);
  expect(page.match(/>not verified</g)).toHaveLength(1);
  expect(page.match(/>again</g)).toHaveLength(2);
  expect(page).toContain("checkout_session.paid");
  expect(page).not.toContain("<b>Rp92.000</b>");
});

test("a simulator without the secret takes no webhook", async () => {
  simulator = await startSimulator();
  expect(await post("{}")).toBe(401);
  expect(await showPage()).toContain("no secret");
});
