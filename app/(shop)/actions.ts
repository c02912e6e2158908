"use server";

import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { findOrderByCheckoutKey } from "@/db/queries/orders";
import { placeOrder } from "@/lib/operations/checkout/place-order";
import { ensureBrowser } from "@/lib/server/browser";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { waitForOrder } from "@/lib/server/limits/limits";
import { withQuantity, serializeCart, type CartLine } from "./_components/cart";
import { CartChange, parseCart } from "./queries";

const oneYearSeconds = 365 * 24 * 60 * 60;
const oneMonthSeconds = 30 * 24 * 60 * 60;

/** Stores the language in a cookie; Next renders the page again in it. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = z.enum(["id", "en"]).safeParse(form.get("locale"));
  if (!locale.success) return;
  (await cookies()).set("locale", locale.data, {
    maxAge: oneYearSeconds,
    path: "/",
    sameSite: "lax",
    httpOnly: true,
  });
}

/** Sets the quantity of one product in the cart. Repeating it changes nothing. */
export async function saveQuantity(form: FormData): Promise<void> {
  if (!getSettings().demoShop) return notFound();
  const input = CartChange.safeParse(Object.fromEntries(form));
  if (!input.success) return;
  const { lines } = parseCart((await cookies()).get("cart")?.value);
  await saveCart(withQuantity(lines, input.data.productId, input.data.quantity));
}

/**
 * Places the order that the form shows. Key and lines are both in the form: sent twice, from two tabs or after Back, the
 * same content finds the same order, even if the cookie has changed meanwhile.
 */
export async function checkOut(form: FormData): Promise<void> {
  if (!getSettings().demoShop) return notFound();
  const shown = z.string().max(4000).safeParse(form.get("cart"));
  const cart = parseCart(shown.data);
  const deps = await getDeps();
  // Only new orders are limited: a shopper who returns to an order does not wait.
  const isNew = cart.lines.length > 0 && !(await findOrderByCheckoutKey(deps.db, cart.key));
  if (isNew && (await waitForOrder(cart.key)) > 0) return redirect("/?cart=wait");
  const placed = await placeOrder(deps, {
    checkoutKey: cart.key,
    lines: cart.lines,
    browser: await ensureBrowser(),
  });
  switch (placed.outcome) {
    case "placed":
    case "exists":
      await forgetCart(cart.key);
      return redirect(`/checkout/${placed.orderId}`);
    case "unknown_product":
      await saveCart(withQuantity(cart.lines, placed.productId, 0));
      return redirect("/?cart=gone");
    case "empty":
      return redirect("/");
  }
}

async function saveCart(lines: readonly CartLine[]): Promise<void> {
  const key = randomBytes(16).toString("base64url");
  const options = { maxAge: oneMonthSeconds, path: "/", sameSite: "lax", httpOnly: true } as const;
  (await cookies()).set("cart", serializeCart({ key, lines: [...lines] }), options);
}

/** Empties the cart that was ordered, but not a newer one. */
async function forgetCart(key: string): Promise<void> {
  const jar = await cookies();
  if (parseCart(jar.get("cart")?.value).key === key) jar.delete("cart");
}
