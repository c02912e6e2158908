import { expect, test } from "vitest";
import { findLogo } from "@/db/queries/appearances";
import { listAppearanceChanges } from "@/db/queries/dashboard/appearances";
import { StaffUser } from "@/db/queries/staff";
import { appearances, logos, users } from "@/db/schema";
import { context, database, setupTestContext } from "@/test/setup-context";
import { changeAppearance } from "./change-appearance";
import type { AppearanceChange } from "./change-appearance";
import { loadAppearance } from "./load-appearance";

setupTestContext();

const settings = {
  merchantName: "Toko Senja",
  merchantContact: { phone: undefined, whatsapp: "6281111111111", email: undefined },
};
const load = () => loadAppearance({ db: database.db, settings });
const change = (given: Partial<AppearanceChange>) =>
  changeAppearance(context.deps, { values: {}, actor: "staff:m", ...given });
const logo = { hash: "0".repeat(32), content: Buffer.from("picture"), widthPx: 300, heightPx: 100 };

test("shows what the settings say while nothing is set", async () => {
  expect(await load()).toEqual({
    name: "Toko Senja",
    accent: undefined,
    contact: { whatsapp: "6281111111111", phone: undefined, email: undefined, website: undefined },
    help: { id: undefined, en: undefined },
    logo: undefined,
  });
});

test("a change touches only what it names, and emptied is the default again", async () => {
  await change({ values: { name: "Batik Sri", accent: "#b3261e", helpId: "Buka jam 8" } });
  await change({ values: { whatsapp: "6281234567890" }, logo });
  const { content: _content, ...size } = logo;
  expect(await load()).toMatchObject({
    name: "Batik Sri",
    accent: "#b3261e",
    contact: { whatsapp: "6281234567890" },
    help: { id: "Buka jam 8" },
    logo: size,
  });
  await change({ values: { name: null, whatsapp: null }, logo: null });
  expect(await load()).toMatchObject({
    name: "Toko Senja",
    accent: "#b3261e",
    contact: { whatsapp: "6281111111111" },
    logo: undefined,
  });
  // Pages and mails of before still show it.
  expect(Buffer.from((await findLogo(database.db, logo.hash)) ?? []).toString()).toBe("picture");
});

test("of many changes at once none is lost, and each is in the history with who made it", async () => {
  const values = [
    { name: "Batik Sri" },
    { accent: "#b3261e" },
    { phone: "021 555" },
    { helpEn: "Ask us" },
  ] as const;
  const actors = ["staff:a", "staff:b", "staff:c", "staff:d"] as const;
  const done = await Promise.all(
    values.map((one, at) => change({ values: one, actor: actors[at] ?? "system" })),
  );
  expect(done).toEqual(values.map(() => ({ outcome: "changed" })));
  expect(await load()).toMatchObject({
    name: "Batik Sri",
    accent: "#b3261e",
    contact: { phone: "021 555" },
    help: { en: "Ask us" },
  });
  const rows = await database.db.select().from(appearances);
  expect(rows.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4]);
  expect(rows.map(({ actor }) => actor).toSorted()).toEqual(actors);
});

test("the same once more adds nothing to the history", async () => {
  await change({ values: { name: "Batik Sri" }, logo });
  expect(await change({ values: { name: "Batik Sri" }, logo })).toEqual({ outcome: "unchanged" });
  expect([await database.db.$count(appearances), await database.db.$count(logos)]).toEqual([1, 1]);
});

test("the history names the member of staff", async () => {
  await database.db.insert(users).values({ id: "m", name: "Sri", email: "sri@example.id" });
  await change({ values: { name: "Batik Sri" } });
  await change({ values: { name: "Batik Lasem" }, actor: "staff:gone" });
  const found = await listAppearanceChanges(database.db, new StaffUser("m", "Sri", "sri@example.id"), 5);
  expect(found.map(({ row, staffName }) => [row.name, staffName])).toEqual([
    ["Batik Lasem", undefined],
    ["Batik Sri", "Sri"],
  ]);
});

test("the database takes no other spelling of a colour", async () => {
  await expect(change({ values: { accent: "#b3261e;}" as "#b3261e" } })).rejects.toThrow();
});
