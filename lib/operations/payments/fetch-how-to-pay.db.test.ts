import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { PaymentRow } from "@/db/queries/orders";
import { savePayment } from "@/db/queries/payments";
import { Rupiah } from "@/lib/payment/rupiah";
import { aPayment, codeNaming, deliver, lostAnswer, notificationBody } from "@/test/context";
import { closeAll, closeLater, listen } from "@/test/doku-replies";
import { context, database, setupTestContext } from "@/test/setup-context";
import { changePayment } from "../changes/change-payment";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { fetchDueHowToPay } from "./fetch-how-to-pay";

setupTestContext();
afterEach(closeAll);

const steps = readFileSync("test/fixtures/doku/how-to-pay.api.alfa.json", "utf8");
const json = { "Content-Type": "application/json" };
const answerSteps: RequestListener = (_, response) => response.writeHead(200, json).end(steps);
const answer500: RequestListener = (_, response) => response.writeHead(500, json).end("{}");
const ofAlfa = [
  { language: "id", channel: "Alfamart" },
  { language: "en", channel: "Alfamart" },
];

/** DOKU's how-to-pay API on this machine, which the settings allow; `asked` has the paths of its calls. */
async function serveHowToPay(listener: RequestListener) {
  const asked: (string | undefined)[] = [];
  const server = await listen((request, response) => {
    asked.push(request.url);
    listener(request, response);
  });
  closeLater(server.close);
  context.deps.settings = { ...context.deps.settings, howToPayDestinations: [server.url] };
  return { asked, api: `${server.url}/api/token` };
}

/** The next create request is answered with a code and this address. */
const nameApi = (how_to_pay_api: string) =>
  context.answers.push((request) => codeNaming({ how_to_pay_api }, request, context.deps.now()));

async function aPaymentWithApi(api: string): Promise<PaymentRow> {
  nameApi(api);
  return aPayment(context);
}

const view = ({ orderId }: PaymentRow) => loadView(context.deps, orderId);
const fetchDue = () => fetchDueHowToPay(context.deps);

describe("DOKU's payment steps for a code", () => {
  test("are fetched once after the code was issued, and its open pages are told", async () => {
    const { asked, api } = await serveHowToPay(answerSteps);
    const payment = await aPaymentWithApi(api);
    expect(asked).toEqual([]);
    expect(await view(payment)).toMatchObject({ code: payment.paymentCode, howToPay: undefined });

    context.changedOrders.length = 0;
    expect(await fetchDue()).toBe(1);
    expect(asked).toEqual(["/api/token"]);
    expect(context.changedOrders).toEqual([payment.orderId]);
    expect((await view(payment))?.howToPay).toMatchObject(ofAlfa);

    context.advanceClock(1800);
    expect(await fetchDue()).toBe(0);
  });

  test("are fetched for a code whose answer was lost and confirmed later", async () => {
    const { api } = await serveHowToPay(answerSteps);
    context.answers.push(lostAnswer);
    nameApi(api);
    const payment = await aPayment(context);
    expect(await fetchDue()).toBe(0);
    context.advanceClock(5);
    await reconcileDue(context.deps);
    await fetchDue();
    expect((await view(payment))?.howToPay).toMatchObject(ofAlfa);
  });

  test("are fetched for a reusable code", async () => {
    const { api } = await serveHowToPay(answerSteps);
    const payment = await aPaymentWithApi(api);
    await database.db.transaction((tx) => savePayment(tx, payment.id, { reusable: true }));
    await fetchDue();
    expect(await view(payment)).toMatchObject({ timesPaid: 0, howToPay: ofAlfa });
  });

  test("are not asked for where DOKU named no address", async () => {
    await serveHowToPay(answerSteps);
    await aPayment(context);
    expect(await fetchDue()).toBe(0);
  });

  test("are not fetched once the code is paid, replaced or out of time", async () => {
    const { asked, api } = await serveHowToPay(answerSteps);
    const paid = await aPaymentWithApi(api);
    await deliver(context, notificationBody(paid));
    const replaced = await aPaymentWithApi(api);
    const supersededAt = context.deps.now();
    await database.db.transaction((tx) => savePayment(tx, replaced.id, { supersededAt }));
    await aPaymentWithApi(api);
    context.advanceClock(3600);
    expect(await fetchDue()).toBe(0);
    expect(asked).toEqual([]);
  });

  test("are fetched a few at a time, the newest code first", async () => {
    const { asked, api } = await serveHowToPay(answerSteps);
    for (const age of ["old", "new"]) {
      await aPaymentWithApi(`${api}/${age}`);
      context.advanceClock(1);
    }
    expect(await fetchDueHowToPay(context.deps, 1)).toBe(1);
    expect(await fetchDueHowToPay(context.deps, 1)).toBe(1);
    expect(asked).toEqual(["/api/token/new", "/api/token/old"]);
  });

  test("are fetched by one of two processes", async () => {
    const { asked, api } = await serveHowToPay(answerSteps);
    await aPaymentWithApi(api);
    const counts = await Promise.all([fetchDue(), fetchDue()]);
    expect(counts.toSorted()).toEqual([0, 1]);
    expect(asked).toHaveLength(1);
  });
});

describe("DOKU's payment steps, while DOKU gives none", () => {
  const logEvents = () => {
    const logged: unknown[] = [];
    context.deps.log = (level, event, details) => logged.push([level, event, details]);
    return logged;
  };

  test("are tried four times, later each time, and then left", async () => {
    const { asked, api } = await serveHowToPay(answer500);
    const payment = await aPaymentWithApi(api);
    const logged = logEvents();
    for (const pauseSeconds of [10, 60, 360]) {
      expect(await fetchDue()).toBe(1);
      context.advanceClock(pauseSeconds - 1);
      expect(await fetchDue()).toBe(0);
      context.advanceClock(1);
    }
    expect(logged).toEqual([]);
    expect(await fetchDue()).toBe(1);
    expect(logged).toEqual([["warn", "how_to_pay_unavailable", { invoice: payment.invoiceNumber }]]);
    context.advanceClock(2400);
    expect(await fetchDue()).toBe(0);
    expect(asked).toHaveLength(4);
    expect(await view(payment)).toMatchObject({ code: payment.paymentCode, howToPay: undefined });
  });

  test("appear when a later try brings them", async () => {
    let listener = answer500;
    const { api } = await serveHowToPay((request, response) => listener(request, response));
    const payment = await aPaymentWithApi(api);
    await fetchDue();
    listener = answerSteps;
    context.advanceClock(10);
    await fetchDue();
    expect((await view(payment))?.howToPay).toMatchObject(ofAlfa);
  });

  test("are not fetched from another host that an earlier release stored", async () => {
    const { asked, api } = await serveHowToPay(answerSteps);
    const payment = await aPaymentWithApi(api);
    const howToPayApi = api.replace("127.0.0.1", "localhost");
    await database.db.transaction((tx) => savePayment(tx, payment.id, { howToPayApi }));
    const logged = logEvents();
    expect(await fetchDue()).toBe(1);
    const details = { invoice: payment.invoiceNumber, because: "address" };
    expect(logged).toEqual([["warn", "how_to_pay_refused", details]]);
    context.advanceClock(600);
    expect(await fetchDue()).toBe(0);
    expect(asked).toEqual([]);
  });

  test("are stored as text without markup", async () => {
    const step = ["<script>alert(1)</script>Datang ke kasir", '<a href="javascript:alert(1)">Bayar</a>'];
    const hostile = JSON.stringify({
      payment_instruction: [{ channel: '<img src="x" onerror="alert(1)">', language: "ID", step }],
    });
    const { api } = await serveHowToPay((_, response) => response.writeHead(200, json).end(hostile));
    const payment = await aPaymentWithApi(api);
    await fetchDue();
    expect((await view(payment))?.howToPay).toEqual([
      { language: "id", channel: "", steps: ["Datang ke kasir", "Bayar"] },
    ]);
  });
});

describe("DOKU's payment steps after the code was changed", () => {
  const amount = Rupiah.parse(120_000);
  async function changeAmount({ orderId, invoiceNumber, paymentCode }: PaymentRow) {
    const body = {
      order: { invoice_number: invoiceNumber, amount },
      online_to_offline_info: { payment_code: paymentCode, expired_date: "20261121140000" },
    };
    context.answers.push({ outcome: "answered", httpStatus: 200, body, text: "" });
    const change = { orderId, kind: "amount", amount, actor: "staff:owner" } as const;
    expect(await changePayment(context.deps, change)).toEqual({ outcome: "done" });
  }

  test("are fetched again, since they may name the amount", async () => {
    const { asked, api } = await serveHowToPay(answerSteps);
    const payment = await aPaymentWithApi(api);
    await fetchDue();
    await changeAmount(payment);
    expect(await view(payment)).toMatchObject({ amount, howToPay: undefined });
    expect(await fetchDue()).toBe(1);
    expect(asked).toHaveLength(2);
    expect((await view(payment))?.howToPay).toMatchObject(ofAlfa);
  });

  test("are not those that were fetched before the change", async () => {
    let payment: PaymentRow | undefined;
    const { api } = await serveHowToPay((request, response) => {
      const changed = payment ? changeAmount(payment) : Promise.resolve();
      void changed.then(() => answerSteps(request, response));
    });
    payment = await aPaymentWithApi(api);
    await fetchDue();
    expect(await view(payment)).toMatchObject({ amount, howToPay: undefined });
  });
});
