import { expect, test } from "vitest";
import { pickMessages } from "./pick-messages";

const messages = {
  checkout: { title: "Pay", errors: { name: "Name?" } },
  dashboard: { act: { a: "A" }, live: { on: "on" } },
};

test("picks the named parts of a catalogue and no others", () => {
  expect(pickMessages(messages, ["checkout.errors", "dashboard.act", "dashboard.live"])).toEqual({
    checkout: { errors: { name: "Name?" } },
    dashboard: { act: { a: "A" }, live: { on: "on" } },
  });
});

test("throws for an unknown part of a catalogue", () => {
  expect(() => pickMessages(messages, ["checkout.wishes"])).toThrow("No such part of the catalogue");
});
