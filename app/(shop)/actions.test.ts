import { afterEach, describe, expect, test, vi } from "vitest";
import { parseSettings } from "@/lib/server/env/settings";
import { served } from "@/test/next-headers";
import { checkOut, chooseLocale, saveQuantity } from "./actions";

vi.mock("next/headers", () => import("@/test/next-headers"));

function serveWith(env: Record<string, string>): void {
  const read = parseSettings(env);
  if (read.outcome === "wrong") throw new Error(read.problems.join("\n"));
  globalThis.kodeBayarSettings = read.settings;
  // Whatever asks for the database fails.
  const forbidden = Promise.reject(new Error("the database was asked"));
  forbidden.catch(() => undefined);
  globalThis.kodeBayarRuntime = forbidden;
  served.cookies = new Map();
}

afterEach(() => {
  globalThis.kodeBayarSettings = undefined;
  globalThis.kodeBayarRuntime = undefined;
  served.cookies = undefined;
});

const toForm = (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const line = toForm({ productId: "kopi-gayo", quantity: "1" });
const cart = toForm({ cart: "AAAAAAAAAAAAAAAAAAAAAA~kopi-gayo:1" });
const notFound = { digest: expect.stringContaining("404") as unknown };

describe("without the demo shop", () => {
  test("the cart's actions answer that there is no such page, and change nothing", async () => {
    serveWith({ DEMO_SHOP: "false" });
    await expect(saveQuantity(line)).rejects.toMatchObject(notFound);
    await expect(checkOut(cart)).rejects.toMatchObject(notFound);
    expect(served.cookies?.size).toBe(0);
  });

  test("a shopper still chooses the language", async () => {
    serveWith({ DEMO_SHOP: "false" });
    await chooseLocale(toForm({ locale: "en" }));
    expect(served.cookies?.get("locale")).toMatchObject({ value: "en" });
  });
});

test("with the demo shop a product goes into the cart", async () => {
  serveWith({});
  await saveQuantity(line);
  expect(served.cookies?.get("cart")?.value).toContain("kopi-gayo:1");
});
