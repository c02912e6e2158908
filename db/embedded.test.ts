import { sql } from "drizzle-orm";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connectDatabase } from "./client";
import { lockFolder } from "./embedded-lock";
import { isUnavailable, rows } from "./rows";
import { startChild } from "../test/database/child";
import { until } from "../test/database/wait";
import { copyEmbedded } from "../test/harness/embedded-template";
import { atScale } from "../test/scale";

const child = "test/database/embedded-child.ts";
let home: string;
let embeddedDirectory: string;

beforeEach(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-embedded-"));
  embeddedDirectory = path.join(home, "data");
  await copyEmbedded(embeddedDirectory);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const written = async () => {
  const database = await connectDatabase({ embeddedDirectory });
  const found = await rows<{ number: number }>(
    database.db,
    sql`select number::int from written order by number`,
  );
  await database.close();
  return found.map(({ number }) => number);
};

describe("the embedded database", { timeout: 300_000 }, () => {
  test("keeps every committed row when its process is killed while it writes, again and again", async () => {
    for (let cycle = 1; cycle <= atScale({ usual: 2, stress: 4 }); cycle++) {
      const writer = startChild(child, "write", embeddedDirectory);
      await writer.waitForLines(100 + cycle * 7);
      await writer.kill();
      const confirmed = Number(writer.lines.at(-1));
      const found = await written();
      expect(found.slice(0, confirmed)).toEqual(Array.from({ length: confirmed }, (_, index) => index + 1));
      // The last row may be committed although its report was not read before the kill.
      expect(found.length - confirmed).toBeLessThanOrEqual(2);
    }
  });

  test("is created in a folder that is not there yet", async () => {
    const database = await connectDatabase({ embeddedDirectory: path.join(home, "not", "yet", "there") });
    await database.ping();
    await database.close();
  });

  test("is opened once in a process, and can be opened again after it was closed", async () => {
    const [first, second] = await Promise.all([
      connectDatabase({ embeddedDirectory }),
      connectDatabase({ embeddedDirectory }),
    ]);
    expect(second).toBe(first);
    await expect(lockFolder(embeddedDirectory)).rejects.toThrow(/in use by this very process/);
    await first.close();
    await first.close();
    await (
      await lockFolder(embeddedDirectory)
    )();
  });

  test("closes its folder to other users of the machine", async () => {
    chmodSync(embeddedDirectory, 0o755);
    const database = await connectDatabase({ embeddedDirectory });
    await database.close();
    expect(statSync(embeddedDirectory).mode & 0o777).toBe(0o700);
  });

  test("refuses a second process while it is open", async () => {
    const database = await connectDatabase({ embeddedDirectory });
    const other = startChild(child, "open", embeddedDirectory);
    expect(await other.waitForLines(1)).toEqual([
      expect.stringMatching(`refused: .*in use by process ${process.pid}.*DATABASE_URL`),
    ]);
    await other.ended;
    await database.close();
  });

  test("can be opened after the cause of a failed opening is gone", async () => {
    const release = await lockFolder(embeddedDirectory);
    await expect(connectDatabase({ embeddedDirectory })).rejects.toThrow(/in use/);
    await release();
    const database = await connectDatabase({ embeddedDirectory });
    await database.ping();
    await database.close();
  });

  test("makes a checkpoint every five minutes, so that recovery is fast after any uptime", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const database = await connectDatabase({ embeddedDirectory });
    const readFrom = async () => {
      const [log] = await rows<{ place: string }>(
        database.db,
        sql`select redo_lsn::text as place from pg_control_checkpoint()`,
      );
      return log?.place;
    };
    const before = await readFrom();
    await database.db.execute(sql`create table written (number int)`);
    expect(await readFrom()).toBe(before);
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    await until(async () => (await readFrom()) !== before);
    await database.close();
  });

  test("counts as unavailable after it was closed", async () => {
    const database = await connectDatabase({ embeddedDirectory });
    await database.close();
    const failure = await database.ping().catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
  });
});
