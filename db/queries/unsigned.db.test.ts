import { expect, test } from "vitest";
import { listUnsignedReasons } from "@/db/queries/dashboard/unsigned";
import { addUnsignedCounts, deleteUnsigned, maxNetworks } from "@/db/queries/unsigned";
import type { UnsignedCount } from "@/db/queries/unsigned";
import { StaffUser } from "./staff";
import { database, setupTestContext } from "@/test/setup-context";

setupTestContext();

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const at = (text: string) => new Date(`2026-11-21T${text}Z`);
const saved = () => database.db.query.unsignedMessages.findMany();

const one = (change: Partial<UnsignedCount> = {}): UnsignedCount => ({
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
const add = (change: Partial<UnsignedCount> = {}) => addUnsignedCounts(database.db, [one(change)]);

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

test.each([
  [
    "one by one",
    async (all: UnsignedCount[]) => {
      for (const each of all) await addUnsignedCounts(database.db, [each]);
    },
  ],
  ["all at once", (all: UnsignedCount[]) => addUnsignedCounts(database.db, all)],
])(
  "senders beyond the limit of an hour are counted together, and those before it by name: %s",
  async (_, save) => {
    await save(
      Array.from({ length: maxNetworks + 30 }, (_, index) => one({ network: `10.0.${index + 100}.0/24` })),
    );
    await add({ network: "10.0.100.0/24" });
    const rows = await saved();
    expect(rows).toHaveLength(maxNetworks + 1);
    expect(rows.find(({ network }) => network === "others")).toMatchObject({ count: 30 });
    expect(rows.find(({ network }) => network === "10.0.100.0/24")).toMatchObject({ count: 2 });
  },
);

test("a flood of one kind hides no other: a wrong signature has its own number, sender and sample", async () => {
  const flood = Array.from({ length: 100 }, (_, index) =>
    one({ reason: "missing_header", network: `10.0.${index}.0/24`, count: 1000, lastAt: at("05:30:00") }),
  );
  await addUnsignedCounts(database.db, flood);
  await add({ network: "198.51.100.0/24" });
  await add({ target: "inquiries" });
  await add({ firstAt: new Date("2026-11-19T05:00:00Z"), lastAt: new Date("2026-11-19T05:00:00Z") });
  const reasons = await listUnsignedReasons(database.db, merchant, {
    target: "notifications",
    now: at("06:00:00"),
  });
  expect(reasons.map(({ reason, count, samples }) => [reason, count, samples.length])).toEqual([
    ["bad_signature", 1, 1],
    ["missing_header", 100_000, 3],
  ]);
  expect(reasons[0]?.samples).toMatchObject([
    { network: "198.51.100.0/24", headers: { "Client-Id": "MCH-1" } },
  ]);
});

test("old hours are removed", async () => {
  await add();
  await add({ firstAt: at("07:10:00"), lastAt: at("07:10:00") });
  await deleteUnsigned(database.db, { before: at("06:00:00") });
  expect(await saved()).toMatchObject([{ hour: at("07:00:00") }]);
});
