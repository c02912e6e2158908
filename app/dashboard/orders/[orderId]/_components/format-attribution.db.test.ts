import { createTranslator } from "next-intl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { POST as importBills } from "@/app/api/dashboard/bills/route";
import { decideCase } from "@/app/dashboard/cases/actions";
import { createCode } from "@/app/dashboard/new/actions";
import { loadOrderForStaff } from "@/db/queries/dashboard/order";
import { StaffUser } from "@/db/queries/staff";
import { users } from "@/db/schema";
import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import type { OrderId } from "@/lib/payment/order-id";
import id from "@/messages/id.json";
import { aPayment, deliver, lostAnswer, newestPayment, notificationBody } from "@/test/context";
import { serveTestContext } from "@/test/doku-request";
import { served } from "@/test/next-headers";
import { context, database, setupTestContext } from "@/test/setup-context";
import { actOnPayment } from "../actions";
import { formatAttribution } from "./format-attribution";

vi.mock("next/headers", () => import("@/test/next-headers"));
const appUrl = "https://shop.example";
setupTestContext();
serveTestContext({ APP_URL: appUrl });

const sri = { id: "u1", name: "Sri", email: "sri@example.id" };
const sameOrigin = { origin: appUrl, "sec-fetch-site": "same-origin" };
beforeEach(async () => {
  served.headers = new Headers({ "content-type": "multipart/form-data; boundary=x", ...sameOrigin });
  await database.owner.db.insert(users).values([sri, { id: "u2", name: "Budi", email: "budi@example.id" }]);
  const session = { id: "s", updatedAt: context.deps.now() };
  const auth = { api: { getSession: () => Promise.resolve({ session, user: sri }) } };
  globalThis.kodeBayarAuth = Promise.resolve(auth) as unknown as NonNullable<typeof globalThis.kodeBayarAuth>;
  return () => void (globalThis.kodeBayarAuth = undefined);
});

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });
const merchant = new StaffUser(sri.id, sri.name, sri.email);

/** Each line of an order's history as its page shows it: what happened, and by whom. */
async function listHistory(orderId: OrderId): Promise<string[]> {
  const found = await loadOrderForStaff(database.db, merchant, orderId);
  if (!found) throw new Error("no such order");
  return found.events.map(
    (event) => `${event.kind}: ${formatAttribution(event, found, t).replaceAll("\u00a0", " ")}`,
  );
}

function toForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

type Payment = Awaited<ReturnType<typeof aPayment>>;
const act = ({ orderId, invoiceNumber }: Payment, name: string, fields: Record<string, string> = {}) =>
  actOnPayment({ status: "idle" }, toForm({ act: name, orderId, invoiceNumber, ...fields }));

/** Next's redirect is thrown. */
const untilRedirect = (running: Promise<unknown>) => running.catch((error: Error) => error);

async function listOrderIds(): Promise<OrderId[]> {
  const found = await database.db.query.orders.findMany();
  return found.map((order) => order.id);
}
const getOrderId = async (): Promise<OrderId> => {
  const [first, ...others] = await listOrderIds();
  if (!first || others.length > 0) throw new Error("one order was expected");
  return first;
};

async function importFile(...codes: string[]): Promise<unknown> {
  const rows = codes.map((code) => `${code};150000;Iuran;Pembeli;31/12/2026`);
  const body = ["code;amount;description;name;valid_until", ...rows].join("\n");
  const headers = { ...sameOrigin, "content-length": String(body.length) };
  const response = await importBills(
    new Request(`${appUrl}/api/dashboard/bills`, { method: "POST", headers, body }),
  );
  const lines = (await response.text()).trimEnd().split("\n");
  return JSON.parse(lines.at(-1) ?? "");
}

describe("the history of an order names the staff user who", () => {
  test("made its code in the dashboard", async () => {
    const fields = { channel: "alfa", codeKind: "dgpc", amount: "150.000", description: "Isi ulang" };
    const form = toForm({ ...fields, name: "Pembeli", lasts: "2", lastsUnit: "days" });
    await untilRedirect(createCode({}, form));
    expect(await listHistory(await getOrderId())).toEqual([
      "order_placed: Sri (staf) · di dasbor",
      "payment_started: Sri (staf) · di dasbor",
      expect.stringMatching(/^code_issued: DOKU/),
    ]);
  });

  test("imported its bill, for every bill of the file", async () => {
    const done = await importFile("8896510000000001", "8896510000000002");
    expect(done).toEqual({ outcome: "imported", count: 2 });
    const orderIds = await listOrderIds();
    expect(orderIds).toHaveLength(2);
    for (const orderId of orderIds)
      expect(await listHistory(orderId)).toEqual([
        "order_placed: Sri (staf) · dari tabel yang diimpor",
        "payment_started: Sri (staf) · dari tabel yang diimpor",
      ]);
  });

  test.each([
    ["gave its code more time", "extend", {}, "extended"],
    ["changed its amount", "amount", { amount: "140.000" }, "amount_changed"],
    ["changed its details", "details", { name: "Pembeli", email: "pembeli@example.id" }, "details_changed"],
    ["changed how long its code lasts", "validity", { lasts: "3", lastsUnit: "days" }, "validity_changed"],
    ["cancelled its code", "cancel", {}, "moved"],
  ])("%s, at DOKU and for a bill that is kept here", async (_, name, fields, kind) => {
    const payment = await aPayment(context);
    await act(payment, name, fields as Record<string, string>);
    const byStaff = [
      expect.stringMatching(/^change_asked: Sri \(staf\)/),
      expect.stringMatching(new RegExp(`^${kind}: Sri \\(staf\\)`)),
    ];
    expect((await listHistory(payment.orderId)).slice(-2)).toEqual(byStaff);

    await importFile("8896510000000003");
    const held = (await listOrderIds()).find((each) => each !== payment.orderId);
    if (!held) throw new Error("no bill was imported");
    await act(await newestPayment(context, held), name, fields as Record<string, string>);
    expect((await listHistory(held)).slice(-2)).toEqual(byStaff);
  });

  test("asked for a change that DOKU confirmed only when it was sent again", async () => {
    const payment = await aPayment(context);
    context.answers.push(lostAnswer);
    expect(await act(payment, "extend")).toMatchObject({ outcome: "unknown" });
    context.advanceClock(60);
    await reconcileDue(context.deps);
    expect((await listHistory(payment.orderId)).at(-1)).toMatch(/^extended: Sri \(staf\)/);
  });

  test.each([
    ["accepted the money of a case", { act: "accept" }, "moved"],
    [
      "returned the money of a case",
      { act: "return", returnedOn: "2026-11-21", returnedHow: "Transfer" },
      "withdrawn",
    ],
  ])("%s, in the line of the case and in what follows from it", async (_, fields, kind) => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { amount: 50_000 }));
    const opened = await database.db.query.cases.findFirst();
    const form = toForm({ caseId: opened?.id ?? "", note: "Sudah ditelepon", ...(fields as object) });
    await untilRedirect(decideCase(undefined, form));
    const byPeople = (await listHistory(payment.orderId)).filter((line) => line.includes("(staf)"));
    expect(byPeople).toEqual([
      expect.stringMatching(new RegExp(`^${kind}: Sri \\(staf\\)`)),
      expect.stringMatching(/^case_closed: Sri \(staf\)/),
    ]);
  });
});
