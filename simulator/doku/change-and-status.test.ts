import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  INDOMARET,
  hasValidSignature,
  MGPC,
  sample,
  setupTestContext,
} from "../testing";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(() => context.control("POST", "reset"));

async function createTestCode(info: object = {}) {
  const body = alfaOrder({ info });
  const answer = await context.post(ALFA, body, { requestId: `create-${body.order.invoice_number}` });
  const code = String(at(answer.json, "online_to_offline_info.payment_code"));
  return { invoice: body.order.invoice_number, code };
}
const change = (known: { invoice: string; code: string }, status: string, order: object = {}) => ({
  order: { invoice_number: known.invoice, amount: 150_000, ...order },
  online_to_offline_info: { payment_code: known.code, status, expired_time: 120, reusable_status: false },
  customer: { name: "Anton Budiman" },
});
const getStatus = async (key: string) => {
  const answer = await context.get(`/orders/v1/status/${key}`);
  return answer.status === 200 ? at(answer.json, "transaction.status") : answer.status;
};
const pay = (code: string) => context.control("POST", "till/pay?wait=1", { code });

describe("a PATCH", () => {
  test("a PATCH changes the amount and the time, counted from now", async () => {
    const known = await createTestCode();
    await context.control("POST", "clock", { forwardSeconds: 600 });
    const answer = await context.patch(ALFA, change(known, "ACTIVE", { amount: 175_000 }));
    expect(Object.keys(Object(answer.json))).toEqual(Object.keys(sample("alfa.update.response")));
    const expires = Date.parse(String(at(answer.json, "online_to_offline_info.expired_date_utc")));
    expect(Math.abs(expires - Date.now() - (600 + 7_200) * 1000)).toBeLessThan(5_000);
    const bill = await context.control("POST", "till/inquiry", { code: known.code });
    expect(at(bill.json, "bill.amount")).toBe(175_000);
  });

  test("a PATCH says how long and how often a code can be paid from now on", async () => {
    const known = await createTestCode();
    const body = change(known, "ACTIVE");
    const patch = (more: object) =>
      context.patch(ALFA, { ...body, online_to_offline_info: { ...body.online_to_offline_info, ...more } });
    const answer = await patch({ expired_time: 4_320, reusable_status: true });
    const expires = Date.parse(String(at(answer.json, "online_to_offline_info.expired_date_utc")));
    expect(Math.abs(expires - Date.now() - 4_320 * 60_000)).toBeLessThan(5_000);
    expect([(await pay(known.code)).status, (await pay(known.code)).status]).toEqual([200, 200]);
    await patch({ reusable_status: false });
    expect([(await pay(known.code)).status, (await pay(known.code)).status]).toEqual([200, 409]);
  });

  test("after a DELETE the till refuses the code, Check Status reports it, and a second PATCH is refused", async () => {
    const known = await createTestCode();
    expect((await context.patch(MGPC, change(known, "DELETE"))).status).toBe(200);
    expect(at((await pay(known.code)).json, "because")).toBe("deleted");
    expect(await getStatus(known.invoice)).toBe("EXPIRED");
    await context.control("POST", "switches", { status_of_deleted: "not_found" });
    expect(await getStatus(known.invoice)).toBe(404);
    expect((await context.patch(ALFA, change(known, "ACTIVE"))).status).toBe(400);
  });

  test("refuses a PATCH of a paid code, which stays paid", async () => {
    const known = await createTestCode();
    await pay(known.code);
    expect((await context.patch(ALFA, change(known, "DELETE"))).status).toBe(400);
    await context.control("POST", "switches", { patch_closed_refused: false });
    expect((await context.patch(ALFA, change(known, "DELETE"))).status).toBe(200);
    expect(await getStatus(known.invoice)).toBe("SUCCESS");
  });

  test("answers 404 to a PATCH of an unknown code or with another code's invoice", async () => {
    const known = await createTestCode();
    expect((await context.patch(ALFA, change({ ...known, code: "6059000000000001" }, "DELETE"))).status).toBe(
      404,
    );
    expect((await context.patch(ALFA, change({ ...known, invoice: "INV-OTHER" }, "DELETE"))).status).toBe(
      404,
    );
  });

  test("requires a digest in the signature of a PATCH, or not, as the switch says", async () => {
    const known = await createTestCode();
    const bare = () => context.patch(ALFA, change(known, "ACTIVE"), { withoutDigest: true });
    expect((await bare()).status).toBe(401);
    await context.control("POST", "switches", { patch_digest: "optional" });
    expect((await bare()).status).toBe(200);
    expect((await context.patch(ALFA, change(known, "ACTIVE"))).status).toBe(200);
  });

  test("the response to a PATCH can be lost after the change", async () => {
    const known = await createTestCode();
    await context.control("POST", "faults", { kind: "lost_answer", on: "change", times: 1 });
    await expect(context.patch(ALFA, change(known, "DELETE"))).rejects.toThrow();
    expect(at((await pay(known.code)).json, "because")).toBe("deleted");
  });
});

describe("Check Status", () => {
  test("Check Status of an Alfa code goes from PENDING to SUCCESS in the shapes of the samples, signed", async () => {
    const known = await createTestCode();
    const target = `/orders/v1/status/${known.invoice}`;
    const pending = await context.get(target);
    expect(Object.keys(Object(pending.json))).toEqual(Object.keys(sample("check-status.alfa.pending")));
    expect(at(pending.json, "online_to_offline_info.reusable_status")).toBe("false");
    expect(
      hasValidSignature(pending.headers, { label: "Response-Timestamp", target, body: pending.text }),
    ).toBe(true);
    await pay(known.code);
    const success = await context.get(target);
    expect(Object.keys(Object(success.json))).toEqual(Object.keys(sample("check-status.alfa.success")));
    expect(at(success.json, "transaction.status")).toBe("SUCCESS");
  });

  test("Check Status reports EXPIRED from expired_date on, later by the switch, and SUCCESS after a payment", async () => {
    const known = await createTestCode({ expired_time: 1 });
    await context.control("POST", "clock", { forwardSeconds: 55 });
    expect(await getStatus(known.invoice)).toBe("PENDING");
    await context.control("POST", "clock", { forwardSeconds: 10 });
    expect(await getStatus(known.invoice)).toBe("EXPIRED");
    await context.control("POST", "switches", { expire_job_delay_seconds: 60 });
    expect(await getStatus(known.invoice)).toBe("PENDING");
    await context.control("POST", "faults", { kind: "pay_after_expiry", invoice: known.invoice });
    await pay(known.code);
    await context.control("POST", "clock", { forwardSeconds: 3_600 });
    expect(await getStatus(known.invoice)).toBe("SUCCESS");
  });

  test("Check Status reports Indodana's PENDING, FAILED, SUCCESS and REFUNDED", async () => {
    const invoice = "INV-INDODANA";
    await context.post(INDODANA, indodanaOrder(invoice));
    expect(await getStatus(invoice)).toBe("PENDING");
    await context.control("POST", `indodana/${invoice}/refuse?wait=1`);
    expect(await getStatus(invoice)).toBe("FAILED");
    await context.control("POST", `indodana/${invoice}/approve?wait=1`);
    expect(await getStatus(invoice)).toBe("SUCCESS");
    const refund = await context.control("POST", `indodana/${invoice}/refund`);
    expect(at(refund.json, "order.state")).toBe("REFUNDED");
    const refunded = await context.get(`/orders/v1/status/${invoice}`);
    expect(Object.keys(Object(refunded.json))).toEqual(Object.keys(sample("check-status.indodana.refunded")));
    expect(at(refunded.json, "transaction.status")).toBe("REFUNDED");
  });

  test("Check Status finds a payment by its Request-Id, and answers 404 for an unknown one", async () => {
    const known = await createTestCode();
    expect(await getStatus(`create-${known.invoice}`)).toBe("PENDING");
    const unknown = await context.get("/orders/v1/status/INV-NONE");
    expect([unknown.status, at(unknown.json, "error.code")]).toEqual([404, "transaction_not_found"]);
  });

  test("Check Status answers 404 for a new code and formats amounts otherwise, as the switches say", async () => {
    const known = await createTestCode();
    await context.control("POST", "switches", { status_fresh_404_seconds: 30 });
    expect(await getStatus(known.invoice)).toBe(404);
    await context.control("POST", "switches", {
      status_fresh_404_seconds: 0,
      status_amount: "decimal_number",
    });
    expect((await context.get(`/orders/v1/status/${known.invoice}`)).text).toContain('"amount":150000.00');
    await context.control("POST", "switches", { status_amount: "string" });
    expect((await context.get(`/orders/v1/status/${known.invoice}`)).text).toContain('"amount":"150000"');
  });

  test("faults apply to Check Status", async () => {
    const known = await createTestCode();
    const target = `/orders/v1/status/${known.invoice}`;
    for (const kind of ["status_404", "status_500"])
      await context.control("POST", "faults", { kind, times: 1 });
    expect([await getStatus(known.invoice), await getStatus(known.invoice)]).toEqual([500, 404]);
    await context.control("POST", "faults", { kind: "status_bad_signature", times: 1 });
    const answer = await context.get(target);
    expect(
      hasValidSignature(answer.headers, { label: "Response-Timestamp", target, body: answer.text }),
    ).toBe(false);
    await context.control("POST", "faults", { kind: "status_slow", ms: 120, times: 1 });
    const started = performance.now();
    await getStatus(known.invoice);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test("rejects a Check Status with a bad signature", async () => {
    const known = await createTestCode();
    expect((await context.get(`/orders/v1/status/${known.invoice}`, { secret: "SK-other" })).status).toBe(
      401,
    );
  });
});

describe("how to pay", () => {
  test.each([
    ["alfa", ALFA, sample("alfa.dgpc.create.request"), "how-to-pay.api.alfa"],
    ["indomaret", INDOMARET, sample("indomaret.create.request"), "how-to-pay.api.indomaret"],
  ])(
    "the how-to-pay API of %s answers unsigned in the shape of the sample, and only with the token",
    async (_channel, path, body, name) => {
      const created = await context.post(path, body);
      const url = String(at(created.json, "online_to_offline_info.how_to_pay_api"));
      const json: unknown = await (await fetch(url)).json();
      const expected = sample(name);
      expect(Object.keys(Object(json))).toEqual(Object.keys(expected));
      expect(Object.keys(Object(at(json, "online_to_offline_info")))).toEqual(
        Object.keys(Object(expected.online_to_offline_info)),
      );
      expect((await fetch(`${url}x`)).status).toBe(404);
      const page = await fetch(String(at(created.json, "online_to_offline_info.how_to_pay_page")));
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    },
  );

  test("the how-to-pay API can return markup or fail, as the faults say", async () => {
    const created = await context.post(ALFA, alfaOrder());
    const url = String(at(created.json, "online_to_offline_info.how_to_pay_api"));
    await context.control("POST", "faults", { kind: "how_to_pay_hostile", times: 1 });
    expect(await (await fetch(url)).text()).toContain("<script>");
    await context.control("POST", "faults", { kind: "how_to_pay_500", times: 1 });
    expect((await fetch(url)).status).toBe(500);
  });
});
