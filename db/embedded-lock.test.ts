import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lockFolder } from "./embedded-lock";
import { startChild } from "../test/database/child";

const child = "test/database/lock-child.ts";
let home: string;
let folder: string;

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-lock-"));
  folder = path.join(home, "data");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const tryLock = () =>
  lockFolder(folder).then(
    (release) => ({ release, refusal: undefined }),
    (error: Error) => ({ release: undefined, refusal: error.message }),
  );

describe("lockFolder", () => {
  test("refuses a second lock in the same process each of 50 times, and names this process", async () => {
    const release = await lockFolder(folder);
    for (let time = 0; time < 50; time++) {
      expect((await tryLock()).refusal).toContain(`in use by this very process (${process.pid})`);
    }
    await release();
  });

  test("refuses another process each of 50 times, and names the holder", async () => {
    const release = await lockFolder(folder);
    const other = startChild(child, "try", folder, "50");
    await other.ended;
    expect(other.lines).toHaveLength(50);
    for (const line of other.lines)
      expect(line).toMatch(new RegExp(`^refused: .* in use by process ${process.pid}\\.`));
    await release();
  });

  test("can be taken after the holder was killed, and removes its socket", async () => {
    const holder = startChild(child, "hold", folder);
    await holder.waitForLines(1);
    expect((await tryLock()).refusal).toContain(`in use by process ${holder.pid}`);
    await holder.kill();
    const { release } = await tryLock();
    expect(readdirSync(`${folder}.lock`)).toHaveLength(1);
    await release?.();
    expect(readdirSync(`${folder}.lock`)).toEqual([]);
  });

  test("stays with a process that is suspended and cannot answer", async () => {
    const holder = startChild(child, "hold", folder);
    await holder.waitForLines(1);
    process.kill(holder.pid, "SIGSTOP");
    expect((await tryLock()).refusal).toContain(`in use by process ${holder.pid}`);
    await holder.kill();
  });

  test("goes to exactly one of many concurrent callers, beside sockets of dead processes", async () => {
    for (let round = 0; round < 10; round++) {
      const outcomes = await Promise.all(Array.from({ length: 16 }, tryLock));
      const winners = outcomes.filter(({ release }) => release);
      expect(winners).toHaveLength(1);
      await winners[0]?.release?.();
    }
  });

  test("goes to exactly one of several processes that start together", async () => {
    const dead = startChild(child, "hold", folder);
    await dead.waitForLines(1);
    await dead.kill();
    const children = Array.from({ length: 5 }, () => startChild(child, "hold", folder));
    await Promise.race(children.map((one) => one.waitForLines(1)));
    expect((await tryLock()).refusal).toContain("in use by process");
    await Promise.allSettled(children.map((one) => Promise.race([one.ended, one.waitForLines(1)])));
    expect(children.filter(({ lines }) => lines[0] === "holding")).toHaveLength(1);
    await Promise.all(children.map((one) => one.kill()));
  });

  test("can be taken again after it was released", async () => {
    for (let time = 0; time < 3; time++) await (await lockFolder(folder))();
    expect((await tryLock()).refusal).toBeUndefined();
  });

  test("is the same for another path to the folder", async () => {
    mkdirSync(folder);
    const release = await lockFolder(path.join(home, "data", "..", "data"));
    expect((await tryLock()).refusal).toContain("in use");
    await release();
  });

  test("uses the system's temporary folder when the path is too long for a socket", async () => {
    vi.stubEnv("TMPDIR", home);
    folder = path.join(home, "a".repeat(60), "b".repeat(60));
    const release = await lockFolder(folder);
    expect(existsSync(`${folder}.lock`)).toBe(false);
    expect((await tryLock()).refusal).toContain("in use by this very process");
    await release();
  });
});
