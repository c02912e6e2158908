import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { rows } from "@/db/rows";
import { onPostgres } from "@/test/database/database";
import { until } from "@/test/database/wait";
import { aPayment, noticeFor } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";
import { serveTestWorld, signedRequest, unendingBody } from "@/test/doku-request";
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "./route";

setupTestContext();
serveTestWorld();

const path = "/api/doku/notifications";
const notify = (...[body, change]: [string | Uint8Array, Parameters<typeof signedRequest>[2]?]) =>
  POST(signedRequest(path, body, change));
const saved = () => database.db.query.notifications.findMany();

describe("a signed notification", () => {
  test("is answered 200 once it is applied, and no cache or proxy may touch the answer", async () => {
    const payment = await aPayment(world);
    const response = await notify(noticeFor(payment));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"result":"received"}');
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/json",
      "cache-control": "no-store, no-transform",
    });
    expect(await saved()).toMatchObject([{ verdict: "applied", paymentId: payment.id }]);
  });

  const rewritten: Record<string, (json: string) => Uint8Array> = {
    "bytes that are not UTF-8": (json) => Buffer.concat([Buffer.from(json), Buffer.from([0xff, 0xc0])]),
    "a byte order mark": (json) => Buffer.from(`\ufeff${json}`),
    "a key that comes twice": (json) => Buffer.from(json.replace("{", '{"service":{"id":"X"},')),
    "escaped slashes and letters": (json) => Buffer.from(json.replace("ALFA", "A\\u004cFA\\/")),
    "line breaks and indents": (json) => Buffer.from(JSON.stringify(JSON.parse(json), null, 2)),
    "blanks around it": (json) => Buffer.from(`\r\n\t ${json} \n`),
  };

  test.each(Object.entries(rewritten))(
    "is verified over the very bytes that were sent, and kept so: %s",
    async (_, rewrite) => {
      const bytes = rewrite(noticeFor(await aPayment(world)));
      expect((await notify(bytes)).status).toBe(200);
      const [delivery] = await saved();
      expect(delivery?.verifiedBy).toBe("current");
      expect(Buffer.from(delivery?.body ?? []).equals(Buffer.from(bytes))).toBe(true);
    },
  );

  test.each(Object.entries(rewritten))(
    "is refused when it was signed before it was rewritten: %s",
    async (_, rewrite) => {
      const json = noticeFor(await aPayment(world));
      const response = await notify(json, { sent: Buffer.from(rewrite(json)) });
      expect([response.status, await response.text()]).toEqual([401, '{"result":"not verified"}']);
      expect(await saved()).toMatchObject([{ verdict: "rejected", reason: "bad_signature", body: null }]);
    },
  );

  test.each(["Client-Id", "Request-Id", "Request-Timestamp", "Signature"])(
    "is refused when its %s comes twice",
    async (name) => {
      const json = noticeFor(await aPayment(world));
      expect((await notify(json, { headers: [[name, "another"]] })).status).toBe(401);
      expect(await saved()).toMatchObject([{ verdict: "rejected", reason: "repeated_header" }]);
    },
  );
});

describe("the answer", () => {
  const trigger = (body: string) =>
    database.owner.db.transaction(async (tx) => {
      await tx.execute(
        sql.raw(
          `create or replace function at_commit() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`,
        ),
      );
      await tx.execute(
        sql`create constraint trigger at_commit after insert on notifications deferrable initially deferred for each row execute function at_commit()`,
      );
    });
  afterEach(() => database.owner.db.execute(sql`drop function if exists at_commit cascade`));

  test.runIf(onPostgres)("waits for the commit, however long that takes", async () => {
    const json = noticeFor(await aPayment(world));
    await trigger("perform pg_advisory_xact_lock(4711)");
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const holder = database.owner.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(4711)`);
      await held;
    });
    let response: Response | undefined;
    const answered = notify(json).then((answer) => (response = answer));
    await until(async () => {
      const waiting = sql`select 1 as n from pg_locks where locktype = 'advisory' and not granted`;
      return (await rows(database.owner.db, waiting)).length > 0;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(response).toBeUndefined();
    expect(await saved()).toEqual([]);
    release();
    await holder;
    expect((await answered).status).toBe(200);
    expect(await saved()).toHaveLength(1);
  });

  test("is 503 when the commit fails because the database cannot write, and DOKU's next try is taken", async () => {
    const json = noticeFor(await aPayment(world));
    await trigger("raise exception 'no space left' using errcode = '53100'");
    const response = await notify(json);
    expect([response.status, await response.text()]).toEqual([503, '{"result":"try again"}']);
    expect(await saved()).toEqual([]);
    await database.owner.db.execute(sql`drop function at_commit cascade`);
    expect((await notify(json)).status).toBe(200);
    expect(await saved()).toMatchObject([{ verdict: "applied" }]);
  });

  test("is 503 while the database cannot even be opened", async () => {
    const json = noticeFor(await aPayment(world));
    const refused = Object.assign(new Error("no database"), { code: "ECONNREFUSED" });
    globalThis.kodeBayarRuntime = Promise.reject(refused);
    expect((await notify(json)).status).toBe(503);
  });
});

describe("what is no whole notification", () => {
  const tooLarge = Buffer.alloc(64 * 1024 + 1, " ");

  test("is answered 413 and hung up on when it is too large, whether or not it says so first", async () => {
    for (const headers of [[], [["content-length", String(tooLarge.length)]]] as [string, string][][]) {
      const response = await notify(tooLarge, { headers });
      expect(response.status).toBe(413);
      expect(response.headers.get("connection")).toBe("close");
      expect(await response.text()).toBe('{"result":"too_large"}');
    }
    expect(await saved()).toEqual([]);
  });

  test("may be 64 KiB and is then read whole", async () => {
    const json = noticeFor(await aPayment(world)).padEnd(64 * 1024);
    expect((await notify(json)).status).toBe(200);
  });

  test("is answered 400 and hung up on when it has not come after ten seconds", async () => {
    const json = noticeFor(await aPayment(world));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const answered = notify(json, { sent: unendingBody(Buffer.from(json.slice(0, 20))) });
      let settled = false;
      void answered.then(() => (settled = true));
      await vi.advanceTimersByTimeAsync(9_999);
      expect(settled).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      const response = await answered;
      expect([response.status, response.headers.get("connection")]).toEqual([400, "close"]);
    } finally {
      vi.useRealTimers();
    }
    expect(await saved()).toEqual([]);
  });

  test.each(Object.entries({ DELETE, GET, HEAD, OPTIONS, PATCH, PUT }))(
    "is answered 405: %s",
    async (_method, refuse) => {
      const response = refuse();
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
      expect(await response.text()).toBe('{"result":"only POST"}');
    },
  );
});
