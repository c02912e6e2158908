import { describe, expect, test } from "vitest";
import { buildDocument } from "@/lib/api/document";
import { toReferenceView } from "./view";

const view = toReferenceView(buildDocument("https://shop.example/api/v1"));
const findCall = (id: string) => {
  const call = view.groups.flatMap(({ calls }) => calls).find((one) => one.id === id);
  if (!call) throw new Error(`The reference has no ${id}.`);
  return call;
};

describe("the reference", () => {
  test("lists the calls under their resources", () => {
    expect(view.groups.slice(0, 2).map(({ title }) => title)).toEqual(["Checkout sessions", "Payments"]);
    expect(findCall("listCheckoutSessions")).toMatchObject({ method: "GET", path: "/checkout_sessions" });
  });

  test("names what every call may get once, and the other problems with their calls", () => {
    expect(view.sharedProblems).toEqual(expect.arrayContaining(["missing_key", "rate_limited"]));
    const { problems } = findCall("getPayment");
    expect(problems).toEqual([{ status: "404", codes: ["not_found"] }]);
  });

  test("sorts parameters by their place", () => {
    const { parameters } = findCall("changePayment");
    expect(parameters.map(({ title, members }) => [title, members.map(({ name }) => name)])).toEqual([
      ["In the address", ["id"]],
      ["Headers", ["idempotency-key"]],
    ]);
  });

  test("shows bodies with their calls, and every other schema by itself", () => {
    const names = view.schemas.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["CheckoutSession", "Payment", "LineItemRequest", "Problem"]),
    );
    expect(names).not.toContain("CheckoutSessionRequest");
    expect(findCall("createCheckoutSession").body.map(({ name }) => name)).toContain("line_items");
    expect(findCall("cancelPayment").body).toEqual([]);
  });

  test("says what an event is about, where a value is one of several objects", () => {
    const event = view.schemas.find(({ name }) => name === "EventData");
    expect(event).toMatchObject({ members: [] });
    expect(event?.choices.map(({ schema }) => schema)).toEqual(expect.arrayContaining(["Payment", "Bill"]));
  });

  test("has a command line for each kind of call", () => {
    const key = '-H "Authorization: Bearer $KEY"';
    expect(findCall("getPayment").request).toBe(`curl "$SHOP/api/v1/payments/$ID" \\\n  ${key}`);
    expect(findCall("cancelPayment").request).toBe(
      `curl -X POST "$SHOP/api/v1/payments/$ID/cancel" \\\n  ${key}`,
    );
    expect(findCall("changePayment").request).toContain("curl -X PATCH ");
    expect(findCall("createPayment").request).toMatch(/^curl "\$SHOP\/api\/v1\/payments" \\\n.*-d '\{/s);
  });

  test("links only to what it has", () => {
    const names = new Set(view.schemas.map(({ name }) => name));
    const linked = [
      ...view.schemas.flatMap(({ members }) => members.map(({ type }) => type.schema)),
      ...view.groups.flatMap(({ calls }) => calls.map(({ answer }) => answer.type.schema)),
    ].filter((name) => name !== undefined);
    expect(linked.length).toBeGreaterThan(10);
    expect(linked.filter((name) => !names.has(name))).toEqual([]);
  });
});
