import { expect, test } from "vitest";
import { findPicture } from "@/db/queries/payment-links";
import { loadLinkFigures } from "@/db/queries/payment-link-figures";
import { payments } from "@/db/schema";
import { Rupiah } from "@/lib/payment/rupiah";
import { mostPictureBytes } from "@/lib/payment/picture";
import { deliver, newestPayment, notificationBody } from "@/test/context";
import { getOrderId, linkAmount, makeLink, orderFrom } from "@/test/payment-links";
import { context, database, setupTestContext } from "@/test/setup-context";
import { startPayment } from "../payments/start-payment";
import { changePaymentLink } from "./change-link";
import { createPaymentLink } from "./create-link";
import type { NewLink } from "./create-link";
import { loadLink } from "./load-link";
import { saveLinkPicture } from "./save-picture";

setupTestContext();

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

const attempt = (change: Partial<NewLink>) =>
  createPaymentLink(context.deps, {
    ...{ createKey: context.deps.newId(), actor: "staff:m", title: "Iuran RT 05" },
    ...{ description: null, thanks: null, stock: null, endsAt: null },
    price: { amount: linkAmount, minAmount: null, maxAmount: null },
    asks: { phone: "no", address: "no", note: "no" },
    ...change,
  });

test("the same form many times at once makes one link", async () => {
  const all = await Promise.all(Array.from({ length: 16 }, () => attempt({ createKey: "form" })));
  expect(new Set(all.map((one) => "link" in one && one.link.id)).size).toBe(1);
  expect(all.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
});

test("two links with one title have addresses of their own", async () => {
  const [one, other] = [await makeLink(context), await makeLink(context)];
  expect(one.slug).toMatch(/^tas-anyaman-rotan-[a-z2-9]{5}$/);
  expect(one.slug).not.toBe(other.slug);
});

test("a link that no order could come from is not made", async () => {
  const toRange = (least: number, most: number) => ({
    price: { amount: null, minAmount: Rupiah.parse(least), maxAmount: Rupiah.parse(most) },
  });
  const tooSmall = { amount: Rupiah.parse(1), minAmount: null, maxAmount: null };
  expect(await attempt({ price: tooSmall })).toMatchObject({ outcome: "no_channel_fits", amount: 1 });
  expect(await attempt(toRange(1, 100_000))).toMatchObject({ outcome: "no_channel_fits", amount: 1 });
  expect(await attempt(toRange(50_000, 50_000))).toEqual({ outcome: "wrong_range" });
  expect(await attempt({ endsAt: context.deps.now() })).toEqual({ outcome: "ended_already" });
  const asks = { phone: "optional", address: "required", note: "no" } as const;
  expect(await attempt({ asks })).toEqual({ outcome: "phone_needed" });
});

test("a change touches only what it names", async () => {
  const link = await makeLink(context, { thanks: "Terima kasih", stock: 3 });
  context.advanceClock(60);
  expect(await changePaymentLink(context.deps, link.id, { stock: null, title: "Tas" })).toEqual({
    outcome: "changed",
    link: { ...link, stock: null, title: "Tas", updatedAt: context.deps.now() },
  });
  expect(await changePaymentLink(context.deps, context.deps.newId(), { title: "Tas" })).toEqual({
    outcome: "not_found",
  });
});

test("a picture is what its bytes say, and of a limited size", async () => {
  const link = await makeLink(context);
  const save = (content: Uint8Array, id = link.id) => saveLinkPicture(context.deps, id, content);
  expect(await save(Buffer.from("<svg onload='alert(1)'/>"))).toEqual({ outcome: "no_picture" });
  expect(await save(Buffer.alloc(mostPictureBytes + 1))).toEqual({ outcome: "too_large" });
  expect(await findPicture(database.db, link.slug)).toBeUndefined();
  expect(await save(png)).toEqual({ outcome: "saved" });
  const found = await findPicture(database.db, link.slug);
  expect(found && { ...found, content: Buffer.from(found.content) }).toEqual({
    type: "image/png",
    content: png,
  });
  expect(await save(Buffer.from("ffd8ffe0", "hex"))).toEqual({ outcome: "saved" });
  expect(await findPicture(database.db, link.slug)).toMatchObject({ type: "image/jpeg" });
  expect(await save(png, context.deps.newId())).toEqual({ outcome: "not_found" });
});

test("an address that no link has is not found, whatever stands in it", async () => {
  for (const slug of ["tidak-ada", "%00", "Tas", "../x", ""])
    expect(await loadLink(context.deps, slug, undefined)).toBeUndefined();
});

test("what a link earned counts every receipt, and what was given back apart", async () => {
  const [link, other] = [await makeLink(context), await makeLink(context)];
  for (const each of [link, link, other]) {
    const orderId = getOrderId(await orderFrom(context, each));
    const contact = { name: "Sari Dewi", email: "", phone: "" };
    await startPayment(context.deps, { orderId, channel: "alfa", contact });
    const payment = await newestPayment(context, orderId);
    await deliver(context, notificationBody(payment, { date: context.deps.now().toISOString() }));
    if (each === other)
      await database.db.update(payments).set({ status: "refunded", closedAt: context.deps.now() });
  }
  getOrderId(await orderFrom(context, other));
  const getFigures = await loadLinkFigures(database.db, [link.id, other.id]);
  expect(getFigures(other.id)).toEqual({
    ...{ sold: 1, reserved: 1, paid: linkAmount, refunded: linkAmount },
  });
  expect(getFigures(link.id)).toMatchObject({ sold: 2, paid: 2 * linkAmount });
  expect((await loadLinkFigures(database.db, []))(link.id)).toEqual({
    ...{ sold: 0, reserved: 0, paid: 0, refunded: 0 },
  });
});
