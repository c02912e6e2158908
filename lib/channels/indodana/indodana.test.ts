import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rupiah } from "../../payment/rupiah";
import sample from "@/test/fixtures/doku/indodana.create.request.clean.json";
import consistent from "@/test/fixtures/doku/indodana.create.response.consistent.json";
import failed from "@/test/fixtures/doku/indodana.create.response.failed.json";
import printed from "@/test/fixtures/doku/indodana.create.response.json";
import categorySample from "@/test/fixtures/doku/indodana.categories.json";
import { requestLike, sentLike } from "@/test/sample-request";
import { categories, toCategory } from "../peer-to-peer/categories";
import { indodana } from ".";
import { isCallbackUrl } from "../peer-to-peer/request";

const [item] = requestLike().items;
if (item === undefined) throw new Error("The sample has an item");

describe("Indodana's request", () => {
  test("builds the members of DOKU's sample, and as compact JSON its exact bytes", () => {
    const overrideNotificationUrl = sample.additional_info.override_notification_url;
    const body = indodana.toRequestBody(requestLike({ overrideNotificationUrl }));
    expect(JSON.stringify(body)).toBe(JSON.stringify(sample));
  });

  test("sends the type of an item when the merchant gives one", () => {
    const body = indodana.toRequestBody(requestLike({ items: [{ ...item, type: "handphone" }] }));
    expect(body).toHaveProperty("order.line_items.0.type", "handphone");
  });

  test("throws when the line items do not add up to the amount", () => {
    for (const amount of [99_999, 100_001, 50_000]) {
      expect(() => indodana.toRequestBody(requestLike({ amount: Rupiah.parse(amount) }))).toThrow(RangeError);
    }
    expect(() => indodana.toRequestBody(requestLike({ items: [] }))).toThrow();
  });

  test("leaves out the shipping address when nothing is shipped, and throws without a billing address", () => {
    expect(indodana.toRequestBody(requestLike({ shipping: undefined }))).not.toHaveProperty(
      "shipping_address",
    );
    expect(() => indodana.toRequestBody(requestLike({ billing: undefined }))).toThrow(RangeError);
  });

  test.each([
    ["Suharto", { first_name: "Suharto" }],
    ["Raden Mas Soewardi Soerjaningrat", { first_name: "Raden", last_name: "Mas Soewardi Soe" }],
    ["Wolfeschlegelsteinhausen B", { first_name: "Wolfeschlegelste", last_name: "B" }],
    ["  José   Núñez ", { first_name: "Jose", last_name: "Nunez" }],
    ["王小明", { first_name: "Pelanggan" }],
  ])("splits the name %j into fields of 16 characters", (name, names) => {
    const contact = { ...requestLike().contact, name };
    expect(indodana.toRequestBody(requestLike({ contact }))).toHaveProperty("customer", {
      ...names,
      phone: "6281939815480",
      email: "andreas@email.com",
    });
  });

  test("sends the phone as 62 and the number, and throws on an invalid phone without repeating it", () => {
    const phoned = (phone: string) => requestLike({ contact: { ...requestLike().contact, phone } });
    expect(indodana.toRequestBody(phoned("0819-3981-5480"))).toHaveProperty(
      "customer.phone",
      "6281939815480",
    );
    expect(() => indodana.toRequestBody(phoned("+1 212 555 0100"))).toThrow(
      /^Not an Indonesian phone number$/,
    );
  });

  test("sends a long e-mail address whole, and throws on one over 128 characters", () => {
    const mailed = (email: string) => requestLike({ contact: { ...requestLike().contact, email } });
    const long = `${"a".repeat(60)}@${"b".repeat(59)}.co.id`;
    expect(indodana.toRequestBody(mailed(long))).toHaveProperty("customer.email", long);
    expect(() => indodana.toRequestBody(mailed(`${"a".repeat(64)}@${"b".repeat(60)}.co.id`))).toThrow();
  });

  test("cuts an item's name at 128 and its id at 64 characters, and leaves out a URL that is too long", () => {
    const long = {
      ...item,
      id: "i".repeat(90),
      name: `Café ${"n".repeat(200)}`,
      url: `https://m.com/${"u".repeat(250)}`,
      imageUrl: `https://m.com/${"i".repeat(250)}`,
    };
    const body = indodana.toRequestBody(requestLike({ items: [long] }));
    const [line] = JSON.parse(JSON.stringify(body)).order.line_items;
    expect(line).toEqual({
      name: `Cafe ${"n".repeat(123)}`,
      price: 50_000,
      quantity: 2,
      id: "i".repeat(64),
      category: "food-and-beverage",
    });
  });

  test.each([0, -1, 1.5, 100_000_000])("throws on the quantity %d", (quantity) => {
    expect(() => indodana.toRequestBody(requestLike({ items: [{ ...item, quantity }] }))).toThrow();
  });

  test("throws on callback URLs with characters that DOKU refuses", () => {
    for (const letter of "#@~!*'[]|\"<>{}^`$é") {
      const url = `https://merchant.com/pay/${letter}`;
      expect(isCallbackUrl(url), letter).toBe(false);
      expect(() => indodana.toRequestBody(requestLike({ returnUrl: url }))).toThrow(RangeError);
      expect(() => indodana.toRequestBody(requestLike({ cancelUrl: url }))).toThrow(RangeError);
    }
  });

  test("accepts a callback URL with any order id", () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
    fc.assert(
      fc.property(id, (orderId) => isCallbackUrl(`https://shop.example:8443/pay/${orderId}?a=1&b=2`)),
    );
    for (const url of ["", "/pay/1", "javascript:alert(1)", "https://", "ftp://x/y", "https://x/\n"]) {
      expect(isCallbackUrl(url), url).toBe(false);
    }
  });

  test.each(["", "a_b", "a b", "x".repeat(65)])("throws on the reference %j", (merchantReference) => {
    expect(() => indodana.toRequestBody(requestLike({ merchantReference }))).toThrow(RangeError);
  });
});

describe("Indodana's categories", () => {
  test("accepts the 45 categories of Indodana's table and sends all others as `others`", () => {
    expect(categories).toEqual(categorySample.values);
    expect(new Set(categories).size).toBe(45);
    expect(categories.map(toCategory)).toEqual(categories);
    for (const other of ["ELECTRONIC", "", "Others", "food and beverage", "__proto__"]) {
      expect(toCategory(other)).toBe(categorySample.fallback);
    }
  });
});

const sent = sentLike("MINV20201231468", 100_000);
const answerWith = (payment: object, order: object = {}, info: object = {}) => ({
  ...consistent,
  order: { ...consistent.order, ...order },
  payment: { ...consistent.payment, ...payment },
  peer_to_peer_info: { ...consistent.peer_to_peer_info, ...info },
});

describe("Indodana's answer", () => {
  test("parses a payment page, its expiry and its identifiers", () => {
    expect(indodana.parseIssued(consistent, sent)).toEqual({
      outcome: "issued",
      issued: {
        means: { kind: "link", url: consistent.payment.url },
        expiresAt: new Date("2022-02-17T16:20:48Z"),
        howToPayPage: undefined,
        howToPayApi: undefined,
        identifiers: [{ name: "INDODANA_ORDER_ID", value: "MINV20201231468" }],
      },
    });
  });

  test("parses FAILED inside a 200 as failed, without a payment page", () => {
    expect(indodana.parseIssued(failed, sent)).toEqual({ outcome: "failed" });
    expect(indodana.parseIssued(answerWith({ status: "Failed" }), sent)).toEqual({ outcome: "failed" });
  });

  test("refuses an answer about another order, such as DOKU's printed sample, FAILED or not", () => {
    expect(indodana.parseIssued(printed, sent)).toEqual({ outcome: "unusable", why: "other_invoice" });
    const other = answerWith({ status: "FAILED" }, { invoice_number: "MINV2" });
    expect(indodana.parseIssued(other, sent)).toEqual({ outcome: "unusable", why: "other_invoice" });
  });

  test("is unusable with the reference of another request, and may leave it out", () => {
    const echo = (merchant_unique_reference: unknown) => answerWith({}, {}, { merchant_unique_reference });
    expect(indodana.parseIssued(echo("60124"), sent)).toEqual({
      outcome: "unusable",
      why: "other_reference",
    });
    expect(indodana.parseIssued(echo(60123), sent)).toMatchObject({ outcome: "issued" });
    expect(indodana.parseIssued(echo(undefined), sent)).toMatchObject({ outcome: "issued" });
  });

  test.each([100_001, "200000", "x"])("refuses an answer with another amount, %j", (amount) => {
    expect(indodana.parseIssued(answerWith({}, { amount }), sent)).toEqual({
      outcome: "unusable",
      why: "amount_differs",
    });
  });

  test.each(["SUCCESS", "EXPIRED", "", "?"])("refuses an answer with the unknown status %j", (status) => {
    expect(indodana.parseIssued(answerWith({ status }), sent)).toEqual({
      outcome: "unusable",
      why: "unknown_status",
    });
  });

  test.each([
    ...[
      "",
      "http://sandbox01.indodana.com/x",
      "javascript:alert(1)",
      "//sandbox01.indodana.com",
      "ftp://x/y",
    ],
    ...[
      "https://user@sandbox01.indodana.com/",
      "https://sandbox01.indodana.com\\@evil.example/",
      "https://a b/",
    ],
    ...[
      "http://localhost.evil.example/",
      "http://127.0.0.2/",
      "http://localhost@evil.example/",
      "https://",
      7,
      null,
    ],
  ])("refuses the payment page %j", (url) => {
    expect(indodana.parseIssued(answerWith({ url }), sent)).toEqual({
      outcome: "unusable",
      why: "no_payment_page",
    });
  });

  test.each(["http://localhost:4010/indodana/1", "http://127.0.0.1:4010/x"])(
    "accepts a payment page of the simulator at %s",
    (url) => {
      expect(indodana.parseIssued(answerWith({ url }), sent)).toMatchObject({
        issued: { means: { kind: "link", url } },
      });
    },
  );

  test("accepts an answer with only the order and the page", () => {
    const bare = {
      order: { invoice_number: "MINV20201231468" },
      payment: { url: "https://x.indodana.com/1" },
    };
    expect(indodana.parseIssued(bare, sent)).toMatchObject({
      outcome: "issued",
      issued: { expiresAt: new Date("2021-01-24T09:00:00Z"), identifiers: [] },
    });
  });

  test("takes the expiry from the field at UTC+7 when the UTC field is missing", () => {
    const info = { ...consistent.peer_to_peer_info, expired_date_utc: undefined };
    expect(indodana.parseIssued({ ...consistent, peer_to_peer_info: info }, sent)).toMatchObject({
      issued: { expiresAt: new Date("2022-02-17T16:20:48Z") },
    });
  });

  test("parses any JSON without throwing, and never as a payment page", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(indodana.parseIssued(body, sent).outcome).toBe("unusable");
      }),
    );
  });
});
