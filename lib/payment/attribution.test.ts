import { expect, test } from "vitest";
import { actorPattern, parseActor, staffActor } from "./attribution";

test.each([
  ["shopper", { kind: "shopper", id: undefined }],
  ["system", { kind: "system", id: undefined }],
  ["doku", { kind: "doku", id: undefined }],
  ["staff:u:1", { kind: "staff", id: "u:1" }],
  ["api_key:k1", { kind: "api_key", id: "k1" }],
] as const)("an actor is a kind, and an id where there are many of it: %s", (actor, parts) => {
  expect(parseActor(actor)).toEqual(parts);
  expect(actor).toMatch(new RegExp(actorPattern));
});

test("parses the id of a member of staff from the actor", () => {
  expect(parseActor(staffActor("u1"))).toEqual({ kind: "staff", id: "u1" });
});

test("parses the old actor `staff` without an id, which the database's check refuses for new rows", () => {
  expect(parseActor("staff")).toEqual({ kind: "staff", id: undefined });
  for (const wrong of ["staff", "staff:", "merchant", "clock", ""]) {
    expect(wrong).not.toMatch(new RegExp(actorPattern));
  }
});
