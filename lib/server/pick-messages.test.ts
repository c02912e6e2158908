import { expect, test } from "vitest";
import { pickMessages } from "./pick-messages";

const messages = {
  checkout: { title: "Pay", errors: { name: "Name?" } },
  dashboard: { act: { a: "A" }, live: { on: "on" } },
};

test("takes the named parts of a catalogue and nothing beside them", () => {
  expect(pickMessages(messages, ["checkout.errors", "dashboard.act", "dashboard.live"])).toEqual({
    checkout: { errors: { name: "Name?" } },
    dashboard: { act: { a: "A" }, live: { on: "on" } },
  });
});

test("throws for a part that the catalogue does not have", () => {
  expect(() => pickMessages(messages, ["checkout.wishes"])).toThrow("No such part of the catalogue");
});
