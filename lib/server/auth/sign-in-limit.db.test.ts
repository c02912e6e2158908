import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rateLimits } from "@/db/schema";
import { forgetAllTries } from "@/db/sign-in-tries";
import { createClientLimit } from "../limits/client-limit";
import type { ClientLimit } from "../limits/client-limit";
import { createSignInLimit } from "./sign-in-limit";
import type { SignInTry } from "./sign-in-limit";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-27T02:00:00Z") });
});
afterEach(() => void vi.useRealTimers());

const advanceClock = (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000);
const noBurst: ClientLimit = () => 0;
/** The limit as one process creates it. */
const create = (on = db, burst = noBurst) => createSignInLimit(on, burst);

const stranger: SignInTry = {
  email: "Sri@toko.id",
  network: "203.0.113.0/24",
  deviceId: undefined,
};
const atHome: SignInTry = { ...stranger, network: "198.51.100.0/24" };
const onOwnPhone: SignInTry = { ...atHome, deviceId: "1f3c2a84-7a3e-4b61-9d7e-0f6f3a1c5b22" };

/** Tries one after another, each after its wait. @returns the waits that came before them, in seconds */
async function tryWrongly(times: number, toTry: (index: number) => SignInTry, limit = create()) {
  const waits: number[] = [];
  for (let index = 0; index < times; index++) {
    const wait = await limit.takeTry(toTry(index));
    waits.push(wait);
    if (wait === 0) continue;
    advanceClock(wait);
    expect(await limit.takeTry(toTry(index))).toBe(0);
  }
  return waits;
}

describe("createSignInLimit", () => {
  test("makes a stranger who errs wait for an account, longer each time, and never more than five minutes", async () => {
    expect(await tryWrongly(14, () => stranger)).toEqual([
      ...[0, 0, 0, 0, 0],
      ...[5, 10, 20, 40, 80, 160, 300, 300, 300],
    ]);
    expect(await create().takeTry({ ...stranger, email: "sri@TOKO.id" })).toBe(300);
    advanceClock(3600);
    expect(await create().takeTry(stranger)).toBe(0);
  });

  test("does not count a try that had to wait", async () => {
    await tryWrongly(5, () => stranger);
    for (let time = 0; time < 20; time++) expect(await create().takeTry(stranger)).toBe(5);
  });

  test("lets the staff in from another network, and on their own devices from the same one", async () => {
    await tryWrongly(12, () => stranger);
    expect(await create().takeTry(stranger)).toBeGreaterThan(0);
    expect(await create().takeTry(atHome)).toBe(0);
    expect(await create().takeTry({ ...onOwnPhone, network: stranger.network })).toBe(0);
  });

  test("lets the staff in while strangers try from many networks, and gives each network one free try", async () => {
    await tryWrongly(40, (index) => ({ ...stranger, network: `10.0.${index}.0/24` }));
    const limit = create();
    expect(await limit.takeTry(onOwnPhone)).toBe(0);
    // A new device, with one try before the first wait; the right password at once is not slowed.
    expect(await limit.takeTry(atHome)).toBe(0);
    expect(await limit.takeTry(atHome)).toBe(5);
    expect(await limit.takeTry({ ...atHome, email: "budi@toko.id" })).toBe(0);
  });

  test("slows one network that tries many accounts, by a minute at most", async () => {
    const waits = await tryWrongly(30, (index) => ({ ...stranger, email: `${index}@toko.id` }));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    expect(Math.max(...waits)).toBe(60);
    expect(await create().takeTry(atHome)).toBe(0);
  });

  test("counts a known device by itself", async () => {
    const waits = await tryWrongly(12, () => onOwnPhone);
    expect(waits).toEqual([...Array.from({ length: 10 }, () => 0), 5, 10]);
    expect(await create().takeTry({ ...onOwnPhone, email: "budi@toko.id" })).toBe(0);
    expect(await create().takeTry(atHome)).toBe(0);
  });

  test("forgets the wrong tries after the right password", async () => {
    const limit = create();
    for (const one of [stranger, onOwnPhone]) {
      for (let time = 0; time < 30; time++) {
        expect(await limit.takeTry(one)).toBe(0);
        await limit.forgetTry(one);
      }
    }
    await limit.forgetTry(stranger);
    expect((await db.select().from(rateLimits)).every(({ count }) => count === 0)).toBe(true);
  });

  test("counts every one of many tries at the same moment, in all processes", async () => {
    const limits = [create(), create()];
    const waits = await Promise.all(
      Array.from({ length: 12 }, (_, index) => limits[index % 2]?.takeTry(stranger)),
    );
    expect(waits.filter((wait) => wait === 0).length).toBeLessThanOrEqual(5);
  });

  test("bounds what strangers cost a process together, and writes nothing for what it refuses", async () => {
    const limit = create(db, createClientLimit({ maxEvents: 2, seconds: 5 }));
    const from = (index: number) => limit.takeTry({ ...stranger, network: `10.0.${index}.0/24` });
    expect([await from(0), await from(1), await from(2)]).toEqual([0, 0, 5]);
    expect(await limit.takeTry(onOwnPhone)).toBe(0);
    const stored = await db.select().from(rateLimits);
    // Two pairs, two networks, one account, one device.
    expect(stored).toHaveLength(6);
  });

  test("a wait of one network takes the counts of its account back", async () => {
    await tryWrongly(20, (index) => ({ ...stranger, email: `${index}@toko.id` }));
    const limit = create();
    expect(await limit.takeTry(stranger)).toBe(5);
    for (let time = 0; time < 5; time++) expect(await limit.takeTry({ ...stranger, network: "x" })).toBe(0);
  });

  test("the owner's command lifts every wait", async () => {
    await tryWrongly(12, () => stranger);
    expect(await create().takeTry(stranger)).toBeGreaterThan(0);
    await forgetAllTries(db);
    expect(await create().takeTry(stranger)).toBe(0);
  });

  test("stores neither networks nor e-mails", async () => {
    await create().takeTry(stranger);
    await create().takeTry(onOwnPhone);
    expect(JSON.stringify(await db.select().from(rateLimits))).not.toMatch(/203\.0|toko|1f3c2a84/i);
  });

  test("allows no try while counting fails", async () => {
    const broken = new Proxy(db, {
      get: (real, name) =>
        name === "select" || name === "execute"
          ? () => {
              throw new Error("away");
            }
          : Reflect.get(real, name),
    });
    await expect(create(broken).takeTry(stranger)).rejects.toThrow();
  });
});
