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
  toShape,
  setupTestContext,
} from "../testing";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(() => context.control("POST", "reset"));

const withOverride = (body: object) => ({
  ...body,
  additional_info: { override_notification_url: "https://another.example.com/api/doku/notifications" },
});

describe("creating a code", () => {
  test("a created Alfa code has a signed response in the shape of the sample, with both date formats", async () => {
    const answer = await context.post(ALFA, withOverride(alfaOrder()), { requestId: "r-1" });
    expect(answer.status).toBe(200);
    expect(toShape(answer.json)).toEqual(toShape(sample("alfa.dgpc.create.response")));
    expect(at(answer.json, "online_to_offline_info.payment_code")).toMatch(/^6059\d{12}$/);
    const { created_date, created_date_utc, expired_date_utc } = Object(
      at(answer.json, "online_to_offline_info"),
    );
    expect(Date.parse(expired_date_utc) - Date.parse(created_date_utc)).toBe(3_600_000);
    const wib = new Date(Date.parse(created_date_utc) + 7 * 3_600_000).toISOString();
    expect(created_date).toBe(wib.slice(0, 19).replaceAll(/\D/g, ""));
    expect(answer.headers.get("x-emulator")).toBe("doku-sandbox");
    expect(answer.headers.get("request-id")).toBe("r-1");
    const facts = { label: "Response-Timestamp", target: ALFA, body: answer.text } as const;
    expect(hasValidSignature(answer.headers, facts)).toBe(true);
  });

  test("a created Indomaret code has a response in the shape of the sample", async () => {
    const answer = await context.post(INDOMARET, withOverride(sample("indomaret.create.request")));
    expect(toShape(answer.json)).toEqual(toShape(sample("indomaret.create.response")));
    expect(at(answer.json, "online_to_offline_info.payment_code")).toMatch(/^7712\d{12}$/);
  });

  test("a created Indodana order has a response in the shape of the sample", async () => {
    const answer = await context.post(INDODANA, withOverride(indodanaOrder()));
    expect(toShape(answer.json)).toEqual(toShape(sample("indodana.create.response.consistent")));
    expect(at(answer.json, "payment.url")).toMatch(/^http:\/\/localhost:\d+\/indodana\/pay\/[\w-]{43}$/);
  });

  test("accepts a merchant's own code, but not with another BIN or while it is active", async () => {
    const body = sample("alfa.mgpc.create.request");
    const answer = await context.post(MGPC, body);
    expect(toShape(answer.json)).toEqual(toShape(sample("alfa.mgpc.create.response")));
    expect(at(answer.json, "online_to_offline_info.payment_code")).toBe("8896512345678123");
    const again = alfaOrder({ info: { payment_code: "8896512345678123" } });
    expect(at((await context.post(MGPC, again)).json, "error.message")).toMatch(/already active/);
    const otherBin = alfaOrder({ info: { payment_code: "1111110000000000" } });
    expect(at((await context.post(ALFA, otherBin)).json, "error.message")).toMatch(/BIN/);
    expect(at((await context.post(MGPC, alfaOrder())).json, "error.message")).toMatch(/mandatory/);
  });

  test("serves the path that DOKU's documentation has wrong, signed for that path", async () => {
    const alias = "/alfa-virtual-account/v2/payment-code";
    expect((await context.post(alias, alfaOrder())).status).toBe(200);
    await context.control("POST", "switches", { alfa_alias_path: false });
    expect((await context.post(alias, alfaOrder())).status).toBe(404);
  });

  test("accepts the full sample and shows its insurance at the till", async () => {
    const { additional_info, ...rest } = sample("alfa.dgpc.create.request.full");
    const { override_notification_url: _url, ...info } = Object(additional_info);
    const answer = await context.post(ALFA, { ...rest, additional_info: info });
    const code = at(answer.json, "online_to_offline_info.payment_code");
    const bill = (await context.control("POST", "till/inquiry", { code })).json;
    expect(at(bill, "bill.insurance.policy_number")).toBe("9090901234");
    expect(at(bill, "bill.footer")).toBe("Call Center 021 555-0525");
    expect(at(bill, "bill.settlement.0.type")).toBe("PERCENTAGE");
  });
});

describe("a signature", () => {
  const refused = {
    error: { code: "invalid_signature", message: "Invalid Header Signature", type: "invalid_request_error" },
  };

  test("rejects a signature with another key with DOKU's error", async () => {
    const answer = await context.post(ALFA, alfaOrder(), { secret: "SK-other" });
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual(refused);
    expect(answer.json).toEqual(sample("error.invalid_signature"));
  });

  test.each([
    ["another path", { signedPath: `${ALFA}/` }],
    ["no digest", { withoutDigest: true }],
  ])("rejects a signature over %s", async (_what, options) => {
    expect((await context.post(ALFA, alfaOrder(), options)).json).toEqual(refused);
  });

  test("accepts a pretty-printed body whose bytes were signed", async () => {
    expect((await context.post(ALFA, JSON.stringify(alfaOrder(), undefined, 2))).status).toBe(200);
  });

  test.each(["Client-Id", "Request-Id", "Request-Timestamp", "Signature"])(
    "answers 400 to a request without %s",
    async (name) => {
      const answer = await context.post(ALFA, alfaOrder(), { headers: { [name]: "" } });
      expect(answer.status).toBe(400);
      expect(at(answer.json, "error.message")).toBe(`${name} header is mandatory`);
    },
  );

  test("answers 401 to another Client-Id", async () => {
    const answer = await context.post(ALFA, alfaOrder(), { headers: { "Client-Id": "MCH-0002" } });
    expect([answer.status, answer.json]).toEqual([401, sample("error.invalid_client_id")]);
  });

  test("verifies the signature before it parses the JSON", async () => {
    expect((await context.post(ALFA, "{", { secret: "SK-other" })).json).toEqual(refused);
    expect((await context.post(ALFA, "{")).json).toEqual(sample("error.invalid_json"));
  });

  test("accepts an old timestamp, unless the switch limits the clock skew", async () => {
    const old = { timestamp: "2020-08-11T08:45:42Z" };
    expect((await context.post(ALFA, alfaOrder(), old)).status).toBe(200);
    await context.control("POST", "switches", { clock_skew_window: true });
    expect((await context.post(ALFA, alfaOrder(), old)).status).toBe(400);
    expect((await context.post(ALFA, alfaOrder())).status).toBe(200);
  });

  test("signs refusals too, unless the switch is off", async () => {
    const signed = await context.post(ALFA, alfaOrder({ order: { amount: 0 } }));
    const facts = { label: "Response-Timestamp", target: ALFA, body: signed.text } as const;
    expect(hasValidSignature(signed.headers, facts)).toBe(true);
    await context.control("POST", "switches", { error_answers_signed: false });
    expect(
      (await context.post(ALFA, alfaOrder({ order: { amount: 0 } }))).headers.get("signature"),
    ).toBeNull();
  });

  test("sends Indomaret's timestamp in the header that its documentation prints, as the switch says", async () => {
    await context.control("POST", "switches", { indomaret_timestamp_header: "Request-Timestamp" });
    const answer = await context.post(INDOMARET, sample("indomaret.create.request"));
    expect(answer.headers.get("response-timestamp")).toBeNull();
    expect(answer.headers.get("request-timestamp")).toMatch(/Z$/);
  });
});

describe("paths and methods", () => {
  test("answers unknown paths and methods as Spring does", async () => {
    const answer = await context.post("/foo/v2/payment-code", {});
    expect(answer.status).toBe(404);
    expect(Object.keys(Object(answer.json))).toEqual(Object.keys(sample("error.unknown_path")));
    expect((await context.patch(INDOMARET, {})).status).toBe(405);
  });
});
