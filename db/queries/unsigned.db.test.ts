import { expect, test } from "vitest";
import { loadUnsignedSummary } from "@/db/queries/dashboard/unsigned";
import { addUnsignedCount, deleteUnsigned, maxNetworks } from "@/db/queries/unsigned";
import type { UnsignedCount } from "@/db/queries/unsigned";
import { StaffUser } from "./staff";
import { database, setupTestContext } from "@/test/setup-context";

setupTestContext();

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const at = (text: string) => new Date(`2026-11-21T${text}Z`);
const saved = () => database.db.query.unsignedMessages.findMany();

const add = (change: Partial<UnsignedCount> = {}) =>
  addUnsignedCount(database.db, {
    target: "notifications",
    reason: "bad_signature",
    network: "203.0.113.0/24",
    count: 1,
    firstAt: at("05:10:00"),
    lastAt: at("05:10:00"),
    headers: { "Client-Id": "MCH-1" },
    bodyDigest: "digest",
    ...change,
  });

test("messages of one kind and sender within an hour are one row, and the first is the sample", async () => {
  await Promise.all([add(), add(), add()]);
  await add({ lastAt: at("05:40:00"), headers: { "Client-Id": "another" }, count: 5 });
  const [row, ...more] = await saved();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ count: 8, headers: { "Client-Id": "MCH-1" }, hour: at("05:00:00") });
  expect(row?.lastAt).toEqual(at("05:40:00"));
});

test("another hour, kind, reason or sender is another row", async () => {
  await add();
  await add({ firstAt: at("06:00:00"), lastAt: at("06:00:00") });
  await add({ target: "inquiries" });
  await add({ reason: "missing_header" });
  await add({ network: "198.51.100.0/24" });
  expect(await saved()).toHaveLength(5);
});

test("senders beyond the limit of an hour are counted together, and those before it by name", async () => {
  for (let index = 0; index < maxNetworks + 30; index += 1) await add({ network: `10.0.${index}.0/24` });
  await add({ network: "10.0.0.0/24" });
  const rows = await saved();
  expect(rows).toHaveLength(maxNetworks + 1);
  expect(rows.find(({ network }) => network === "others")).toMatchObject({ count: 30 });
  expect(rows.find(({ network }) => network === "10.0.0.0/24")).toMatchObject({ count: 2 });
});

test("the summary has the last 24 hours of one target, and few samples", async () => {
  for (let index = 0; index < 12; index += 1) await add({ network: `10.0.${index}.0/24`, count: 2 });
  await add({ firstAt: new Date("2026-11-19T05:00:00Z"), lastAt: new Date("2026-11-19T05:00:00Z") });
  await add({ target: "inquiries" });
  const summary = await loadUnsignedSummary(database.db, merchant, {
    target: "notifications",
    now: at("06:00:00"),
  });
  expect([summary.count, summary.networks, summary.samples.length]).toEqual([24, 12, 10]);
});

test("old hours are removed", async () => {
  await add();
  await add({ firstAt: at("07:10:00"), lastAt: at("07:10:00") });
  await deleteUnsigned(database.db, { before: at("06:00:00") });
  expect(await saved()).toMatchObject([{ hour: at("07:00:00") }]);
});
