import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { findOrder } from "@/db/queries/orders";
import { findPayment } from "@/db/queries/payments";
import { rows } from "@/db/rows";
import { answerInquiry, isInquiryOn } from "./answer-inquiry";
import { declineWith } from "./inquiry-log";
import { keys } from "@/test/context";
import { aBill, ask, askWith, questionAbout, readTold } from "@/test/inquiry-context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const logged = () => database.db.query.inquiries.findMany();
const count = async (table: string, where = "true") => {
  const [row] = await rows<{ n: number }>(
    database.db,
    sql.raw(`select count(*)::int as n from ${table} where ${where}`),
  );
  return row?.n;
};

describe("a question that is not proven to be DOKU's", () => {
  const changes = {
    bad_signature: { secret: "SK-of-another" },
    wrong_client: { headers: { "Client-Id": "MCH-9999" } },
    malformed: { headers: { Signature: "HMACSHA256=AAAA" } },
    repeated_header: { headers: { Signature: "a, b" } },
    missing_header: { headers: { Signature: undefined } },
  };

  test.each(Object.entries(changes))(
    "is refused in the same words, and kept without its body: %s",
    async (reason, change) => {
      const bill = await aBill(world);
      const told = await ask(world, bill.paymentCode, change);
      expect(told).toMatchObject({ httpStatus: 401, seal: "sealed" });
      expect(told.body).toBe('{"online_to_offline_inquiry":{"status":"decline"}}');
      expect(await logged()).toMatchObject([
        { answer: "rejected", reason, body: null, verifiedBy: null, paymentCode: null, orderId: null },
      ]);
      expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
    },
  );

  test("is answered under an id of our own when it has none that can be signed", async () => {
    for (const requestId of [undefined, "", "é", "x".repeat(129)]) {
      const rawBody = Buffer.from(questionAbout("8896510000000001"));
      const headers = (name: string) => (name === "Request-Id" ? requestId : undefined);
      const answer = await answerInquiry(world.deps, { headers, rawBody });
      const own = answer.headers["Request-Id"] ?? "";
      expect(own).toMatch(/^[0-9a-f-]{36}$/);
      expect(readTold(answer, own)).toMatchObject({ httpStatus: 401, seal: "sealed" });
    }
  });

  test("looks nothing up, and needs no database to be refused", async () => {
    const bill = await aBill(world);
    let lookedUp = 0;
    const away = () => {
      lookedUp += 1;
      throw new Error("nobody may ask the database");
    };
    world.deps.db = new Proxy(database.db, { get: away });
    world.deps.mayKeepRejection = () => false;
    expect(await ask(world, bill.paymentCode, { secret: "SK-of-another" })).toMatchObject({
      httpStatus: 401,
    });
    expect(lookedUp).toBe(0);
    expect(await count("inquiries")).toBe(0);
  });

  test("verifies under the previous secret too, and is answered under the current one", async () => {
    const bill = await aBill(world);
    const told = await ask(world, bill.paymentCode, { secret: keys.previous });
    expect(told).toMatchObject({ httpStatus: 200, seal: "sealed" });
    expect(await count("inquiries", "verified_by = 'previous'")).toBe(1);
  });
});

describe("a signed question", () => {
  const at = (seconds: number) =>
    new Date(world.deps.now().getTime() + seconds * 1000).toISOString().replace(/\.\d+/, "");

  test.each([-301, 301, -86_400])("that is %i s off is declined: it may be a copy", async (seconds) => {
    const bill = await aBill(world);
    const told = await ask(world, bill.paymentCode, { timestamp: at(seconds) });
    expect(told).toMatchObject({ httpStatus: 400, status: "decline", seal: "sealed" });
    expect(told.json).not.toHaveProperty("order");
    expect(await logged()).toMatchObject([{ reason: "out_of_time" }]);
    expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
  });

  test.each([-300, 300])("that is %i s off is answered", async (seconds) => {
    const bill = await aBill(world);
    expect(await ask(world, bill.paymentCode, { timestamp: at(seconds) })).toMatchObject({
      status: "success",
    });
  });

  test("whose time cannot be read is declined", async () => {
    const bill = await aBill(world);
    expect(await ask(world, bill.paymentCode, { timestamp: "yesterday" })).toMatchObject({
      status: "decline",
    });
  });

  test("about a code that is asked for without end is declined, and another code is not", async () => {
    const [bill, other] = [await aBill(world), await aBill(world)];
    let left = 10;
    world.deps.mayAskAbout = (code) => code !== bill.paymentCode || left-- > 0;
    for (let times = 0; times < 10; times += 1)
      expect(await ask(world, bill.paymentCode)).toMatchObject({ status: "success" });
    const told = await ask(world, bill.paymentCode);
    expect(told).toMatchObject({ httpStatus: 400, status: "decline", seal: "sealed" });
    expect(told.json).not.toHaveProperty("order");
    expect(await ask(world, other.paymentCode)).toMatchObject({ status: "success" });
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
  ])("that cannot be read is declined and kept: %s", async (reason, body) => {
    const told = await askWith(world, body);
    expect(told).toMatchObject({ httpStatus: 400, seal: "sealed" });
    expect(told.body).toBe('{"online_to_offline_inquiry":{"status":"decline"}}');
    const [kept] = await logged();
    expect(kept).toMatchObject({ answer: "decline", reason, answered: told.body, verifiedBy: "current" });
    expect(Buffer.from(kept?.body ?? [])).toEqual(Buffer.from(body));
  });

  test("is kept whole, with the very answer and how long it took", async () => {
    const bill = await aBill(world);
    const told = await ask(world, bill.paymentCode, { requestId: "q-7", headers: { "User-Agent": "DOKU" } });
    const [kept] = await logged();
    expect(kept).toMatchObject({
      receivedAt: world.deps.now(),
      answer: "success",
      reason: "open",
      httpStatus: 200,
      tookMs: 0,
      orderId: bill.orderId,
      paymentId: bill.id,
      paymentCode: bill.paymentCode,
      requestId: "q-7",
      headers: { "Client-Id": keys.clientId, "Request-Id": "q-7", "User-Agent": "DOKU" },
      answered: told.body,
      identifiers: [{ name: "AGENT_TRX_ID", value: "c1aa04bf" }],
    });
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(questionAbout(bill.paymentCode));
  });

  test("changes no version of the order and tells its open pages to look", async () => {
    const bill = await aBill(world);
    const before = (await findOrder(database.db, bill.orderId))?.version;
    await ask(world, bill.paymentCode);
    expect((await findOrder(database.db, bill.orderId))?.version).toBe(before);
    expect(world.changedOrders.at(-1)).toBe(bill.orderId);
  });

  test("while the database is away is the caller's to decline, signed and with nothing of a bill", async () => {
    const bill = await aBill(world);
    const gone = () => {
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    };
    world.deps.db = new Proxy(database.db, { get: gone });
    await expect(ask(world, bill.paymentCode)).rejects.toThrow("ECONNREFUSED");
    const answer = declineWith(world.deps, (name) => (name === "Request-Id" ? "q-9" : undefined), 503);
    expect(readTold(answer, "q-9")).toMatchObject({ httpStatus: 503, status: "decline", seal: "sealed" });
    world.deps.db = database.db;
    expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
  });
});

test("there is an address for questions only where bills may wait here", () => {
  const { settings } = world.deps;
  expect(isInquiryOn(settings)).toBe(true);
  const features = Object.fromEntries(
    Object.entries(settings.features).map(([id, feature]) => [
      id,
      { ...feature, codeKinds: feature.codeKinds.filter((kind) => kind !== "dipc") },
    ]),
  );
  expect(isInquiryOn({ features })).toBe(false);
});
