import { describe, expect, test } from "vitest";
import { findOrder } from "@/db/queries/orders";
import { findPayment } from "@/db/queries/payments";
import { isInquiryOn } from "./answer-inquiry";
import { signDecline } from "./inquiry-log";
import { keys } from "@/test/context";
import { aBill, ask, askWith, questionAbout, verifyInquiryReply } from "@/test/inquiry-context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { count } from "@/test/stored";

setupTestContext();

const logged = () => database.db.query.inquiries.findMany();

describe("an inquiry without a valid signature", () => {
  const changes = {
    bad_signature: { secret: "SK-of-another" },
    wrong_client: { headers: { "Client-Id": "MCH-9999" } },
    malformed: { headers: { Signature: "HMACSHA256=AAAA" } },
    repeated_header: { headers: { Signature: "a, b" } },
    missing_header: { headers: { Signature: undefined } },
  };

  test.each(Object.entries(changes))(
    "gets the same 401 answer and is counted: %s",
    async (reason, change) => {
      const bill = await aBill(context);
      const reply = await ask(context, bill.paymentCode, change);
      expect(reply).toMatchObject({ httpStatus: 401, headers: {} });
      expect(reply.body).toBe('{"online_to_offline_inquiry":{"status":"decline"}}');
      expect(await logged()).toEqual([]);
      expect(await database.db.query.unsignedMessages.findMany()).toMatchObject([
        { target: "inquiries", reason, count: 1 },
      ]);
      expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
    },
  );

  test("is declined without a lookup, and without a database", async () => {
    const bill = await aBill(context);
    let lookedUp = 0;
    const away = () => {
      lookedUp += 1;
      throw new Error("the database must not be used");
    };
    context.deps.db = new Proxy(database.db, { get: away });
    context.deps.countUnsigned = () => undefined;
    expect(await ask(context, bill.paymentCode, { secret: "SK-of-another" })).toMatchObject({
      httpStatus: 401,
    });
    expect(lookedUp).toBe(0);
    expect(await count("inquiries")).toBe(0);
  });

  test("verifies with the previous secret too, and gets an answer signed with the current one", async () => {
    const bill = await aBill(context);
    const reply = await ask(context, bill.paymentCode, { secret: keys.previous });
    expect(reply).toMatchObject({ httpStatus: 200, signatureStatus: "signed" });
    expect(await count("inquiries", "verified_by = 'previous'")).toBe(1);
  });
});

describe("an inquiry with a valid signature", () => {
  const at = (seconds: number) =>
    new Date(context.deps.now().getTime() + seconds * 1000).toISOString().replace(/\.\d+/, "");

  const allowMinutes = (inquiryClockMinutes: number) =>
    Object.assign(context.deps.settings, { inquiryClockMinutes });

  test.each([-301, 301, -86_400])(
    "is declined when its timestamp is %i s off and the settings allow five minutes",
    async (seconds) => {
      allowMinutes(5);
      const bill = await aBill(context);
      const reply = await ask(context, bill.paymentCode, { timestamp: at(seconds) });
      expect(reply).toMatchObject({ httpStatus: 400, status: "decline", signatureStatus: "signed" });
      expect(reply.json).not.toHaveProperty("order");
      expect(await logged()).toMatchObject([{ reason: "out_of_time" }]);
      expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
    },
  );

  test.each([
    [-300, 5],
    [300, 5],
    [-86_400, 0],
    [86_400, 0],
  ])(
    "is answered when its timestamp is %i s off and %i minutes are allowed, 0 for any",
    async (seconds, minutes) => {
      allowMinutes(minutes);
      const bill = await aBill(context);
      expect(await ask(context, bill.paymentCode, { timestamp: at(seconds) })).toMatchObject({
        status: "success",
      });
    },
  );

  test("is declined when its timestamp cannot be parsed and the settings allow five minutes", async () => {
    allowMinutes(5);
    const bill = await aBill(context);
    expect(await ask(context, bill.paymentCode, { timestamp: "yesterday" })).toMatchObject({
      status: "decline",
    });
  });

  test("is declined above the limit for its code, while another code is answered", async () => {
    const [bill, other] = [await aBill(context), await aBill(context)];
    let left = 10;
    context.deps.allowInquiry = (code) => code !== bill.paymentCode || left-- > 0;
    for (let times = 0; times < 10; times += 1)
      expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "success" });
    const reply = await ask(context, bill.paymentCode);
    expect(reply).toMatchObject({ httpStatus: 400, status: "decline", signatureStatus: "signed" });
    expect(reply.json).not.toHaveProperty("order");
    expect(await ask(context, other.paymentCode)).toMatchObject({ status: "success" });
    expect(await count("inquiries", "reason = 'asked_too_often'")).toBe(1);
  });

  test.each([
    ["not_json", Buffer.from([0xff, 0xfe])],
    ["not_json", "no JSON"],
    ["not_json", ""],
    ["not_an_object", "[1]"],
    ["no_payment_code", "{}"],
    ["no_payment_code", questionAbout(1e300)],
    ["no_payment_code", questionAbout(null)],
  ])("is declined and stored when it cannot be parsed: %s", async (reason, body) => {
    const reply = await askWith(context, body);
    expect(reply).toMatchObject({ httpStatus: 400, signatureStatus: "signed" });
    expect(reply.body).toBe('{"online_to_offline_inquiry":{"status":"decline"}}');
    const [stored] = await logged();
    expect(stored).toMatchObject({ answer: "decline", reason, answered: reply.body, verifiedBy: "current" });
    expect(Buffer.from(stored?.body ?? [])).toEqual(Buffer.from(body));
  });

  test("is stored whole, with the exact answer and its duration", async () => {
    const bill = await aBill(context);
    const reply = await ask(context, bill.paymentCode, {
      requestId: "q-7",
      headers: { "User-Agent": "DOKU" },
    });
    const [stored] = await logged();
    expect(stored).toMatchObject({
      receivedAt: context.deps.now(),
      answer: "success",
      reason: "open",
      httpStatus: 200,
      tookMs: 0,
      orderId: bill.orderId,
      paymentId: bill.id,
      paymentCode: bill.paymentCode,
      requestId: "q-7",
      headers: { "Client-Id": keys.clientId, "Request-Id": "q-7", "User-Agent": "DOKU" },
      answered: reply.body,
      identifiers: [{ name: "AGENT_TRX_ID", value: "c1aa04bf" }],
    });
    expect(Buffer.from(stored?.body ?? []).toString()).toBe(questionAbout(bill.paymentCode));
  });

  test("does not change the order's version, and makes open pages load again", async () => {
    const bill = await aBill(context);
    const before = (await findOrder(database.db, bill.orderId))?.version;
    await ask(context, bill.paymentCode);
    expect((await findOrder(database.db, bill.orderId))?.version).toBe(before);
    expect(context.changedOrders.at(-1)).toBe(bill.orderId);
  });

  test("throws while the database is unavailable, and the caller can sign a decline without a database", async () => {
    const bill = await aBill(context);
    const gone = () => {
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    };
    context.deps.db = new Proxy(database.db, { get: gone });
    await expect(ask(context, bill.paymentCode)).rejects.toThrow("ECONNREFUSED");
    const answer = signDecline(context.deps, (name) => (name === "Request-Id" ? "q-9" : undefined), 503);
    expect(verifyInquiryReply(answer, "q-9")).toMatchObject({
      httpStatus: 503,
      status: "decline",
      signatureStatus: "signed",
    });
    context.deps.db = database.db;
    expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
  });
});

test("isInquiryOn is true only when a channel has direct inquiry", () => {
  const { settings } = context.deps;
  expect(isInquiryOn(settings)).toBe(true);
  const features = Object.fromEntries(
    Object.entries(settings.features).map(([id, feature]) => [
      id,
      { ...feature, codeKinds: feature.codeKinds.filter((kind) => kind !== "dipc") },
    ]),
  );
  expect(isInquiryOn({ features })).toBe(false);
});
