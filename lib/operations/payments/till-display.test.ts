import { expect, test } from "vitest";
import { getTillDisplay } from "./till-display";

const settings = { merchantName: "Toko Senja" };
const order = { customerName: "Ñandú — Dewi" };
const toBody = (name: string) => JSON.stringify({ customer: { name } });
const toPayment = (requestBody: string) => ({ id: "p", requestBody, terms: {} });
const toChange = (status: "requested" | "done" | "refused" | "overtaken", name: string, paymentId = "p") => ({
  ...{ paymentId, status },
  requestBody: toBody(name),
});

test("shows the name that was sent with the code, whatever is stored of the customer today", () => {
  const payment = toPayment(toBody("Nandu -- Dewi"));
  expect(getTillDisplay(settings, { order, payment, changes: [] }).name).toBe("Nandu -- Dewi");
});

test("shows the name of the newest change that DOKU accepted", () => {
  const payment = toPayment(toBody("first"));
  const changes = [
    toChange("requested", "fourth"),
    toChange("refused", "third"),
    toChange("done", "other payment", "q"),
    toChange("done", "second"),
    toChange("done", "older"),
  ];
  expect(getTillDisplay(settings, { order, payment, changes }).name).toBe("second");
});

test("shows of a bill that is held here what the next answer to an inquiry carries", () => {
  const changes = [{ paymentId: "p", status: "done", requestBody: "" } as const];
  expect(getTillDisplay(settings, { order, payment: toPayment(""), changes })).toEqual({
    name: "Nandu - Dewi",
    info: "Toko Senja",
  });
});
