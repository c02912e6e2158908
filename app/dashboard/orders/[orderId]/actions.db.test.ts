import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { rows } from "@/db/rows";
import { aPayment, codeFor, lostAnswer, newestPayment, refusedAnswer } from "@/test/context";
import { serveTestContext } from "@/test/doku-request";
import { served } from "@/test/next-headers";
import { setupTestContext, database, context } from "@/test/setup-context";
import { actOnPayment } from "./actions";

vi.mock("next/headers", () => import("@/test/next-headers"));
const appUrl = "https://shop.example";
setupTestContext();
serveTestContext({ APP_URL: appUrl });
beforeEach(() => {
  served.headers = new Headers({
    "content-type": "multipart/form-data; boundary=x",
    ...{ origin: appUrl, "sec-fetch-site": "same-origin" },
  });
  const session = { id: "s", updatedAt: context.deps.now() };
  const user = { id: "u1", name: "Sri", email: "sri@example.id" };
  const auth = { api: { getSession: () => Promise.resolve({ session, user }) } };
  globalThis.kodeBayarAuth = Promise.resolve(auth) as unknown as NonNullable<typeof globalThis.kodeBayarAuth>;
  return () => void (globalThis.kodeBayarAuth = undefined);
});

type Payment = Awaited<ReturnType<typeof aPayment>>;
function send({ orderId, invoiceNumber }: Payment, fields: Record<string, string>) {
  const form = new FormData();
  const all = { act: "validity", orderId, invoiceNumber, ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return actOnPayment({ status: "idle" }, form);
}
const patches = () =>
  context.sent
    .filter(({ method }) => method === "PATCH")
    .map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")));
const stored = async ({ orderId }: Payment) => {
  const { expiresInMinutes, reusable, expiresAt } = await newestPayment(context, orderId);
  return { expiresInMinutes, reusable, expiresAt };
};
const threeDays = { lasts: "3", lastsUnit: "days", reusable: "on" };

describe("the form for how long and how often a code can be paid", () => {
  test("sends both fields to DOKU, and stores them with the name of the staff user once DOKU confirms", async () => {
    const payment = await aPayment(context);
    context.answers.push((request) => codeFor(request, context.deps.now()));
    expect(await send(payment, threeDays)).toMatchObject({ status: "changed", outcome: "done" });
    expect(patches()).toMatchObject([
      {
        order: { invoice_number: payment.invoiceNumber, amount: payment.amount },
        online_to_offline_info: {
          ...{ payment_code: payment.paymentCode, status: "ACTIVE" },
          ...{ expired_time: 4320, reusable_status: true },
        },
      },
    ]);
    expect(await stored(payment)).toMatchObject({ expiresInMinutes: 4320, reusable: true });
    const events = await rows(
      database.db,
      sql`select kind, actor, reason, detail from payment_events order by version`,
    );
    const byStaff = { actor: "staff:u1", reason: "requested" };
    expect(events.slice(-2)).toMatchObject([
      { kind: "change_asked", ...byStaff, detail: { change: "validity", expiresInMinutes: 4320 } },
      { kind: "validity_changed", ...byStaff, detail: { expiresInMinutes: 4320, reusable: true } },
    ]);
  });

  test.each([
    ["does not answer", lostAnswer, "unknown"],
    ["refuses", refusedAnswer, "refused"],
  ] as const)("changes nothing here when DOKU %s", async (_, answer, outcome) => {
    const payment = await aPayment(context);
    const before = await stored(payment);
    context.answers.push(answer);
    expect(await send(payment, threeDays)).toMatchObject({ status: "changed", outcome });
    expect(await stored(payment)).toEqual(before);
  });

  test("sends nothing to DOKU while a field is wrong", async () => {
    const payment = await aPayment(context);
    expect(await send(payment, { ...threeDays, lasts: "70" })).toMatchObject({ status: "invalid" });
    expect(patches()).toEqual([]);
  });

  test("is not possible at Indomaret, whose codes DOKU does not change", async () => {
    const payment = await aPayment(context, "indomaret");
    expect(await send(payment, threeDays)).toMatchObject({ outcome: "not_possible" });
    expect(patches()).toEqual([]);
  });
});
