import { describe, expect, test, vi } from "vitest";
import { allowCommit, clearAtCommit, failAtCommit, holdCommit } from "@/test/database/at-commit";
import { onPostgres } from "@/test/database/database";
import { setupTestContext, database, context } from "@/test/setup-context";
import { aBill, questionAbout, verifyInquiryReply } from "@/test/inquiry-context";
import { serveTestContext, signedRequest, unendingBody } from "@/test/doku-request";
import { rewrittenBodies } from "@/test/rewritten-bodies";
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "./route";

setupTestContext();
serveTestContext();

const path = "/api/doku/inquiries";
const question = async () => questionAbout((await aBill(context)).paymentCode);
const kept = () => database.db.query.inquiries.findMany();
const declined = '{"online_to_offline_inquiry":{"status":"decline"}}';

/** The answer as DOKU reads it, its signature held against the request. */
async function ask(request: Request) {
  const response = await POST(request);
  return read(request, response);
}

async function read(request: Request, response: Response) {
  const headers: Record<string, string> = {};
  for (const name of ["Client-Id", "Request-Id", "Response-Timestamp", "Signature"])
    headers[name] = response.headers.get(name) ?? "";
  const answer = { httpStatus: response.status, headers, body: await response.text() };
  const { connection, allow } = Object.fromEntries(response.headers);
  return { ...verifyInquiryReply(answer, request.headers.get("Request-Id") ?? ""), connection, allow };
}

describe("POST /api/doku/inquiries with a signed inquiry", () => {
  test.each(Object.entries(rewrittenBodies))(
    "verifies and stores exactly the bytes that were sent, and signs the answer: %s",
    async (what, rewrite) => {
      const bytes = rewrite(await question());
      const reply = await ask(signedRequest(path, bytes));
      // These two are signed by DOKU as they are, but no JSON.
      const isJson = !["bytes that are not UTF-8", "a byte order mark"].includes(what);
      expect(reply).toMatchObject({ signatureStatus: "signed", httpStatus: isJson ? 200 : 400 });
      expect(reply.status).toBe(isJson ? "success" : "decline");
      const [inquiry] = await kept();
      expect(inquiry?.reason).toBe(isJson ? "open" : "not_json");
      expect(Buffer.from(inquiry?.body ?? []).equals(Buffer.from(bytes))).toBe(true);
    },
  );

  test.each(Object.entries(rewrittenBodies))(
    "declines without a signature when the inquiry was rewritten after it was signed: %s",
    async (_, rewrite) => {
      const body = await question();
      const reply = await ask(signedRequest(path, body, { sent: Buffer.from(rewrite(body)) }));
      expect(reply).toMatchObject({ httpStatus: 401, signatureStatus: "unsigned", body: declined });
      expect(await kept()).toEqual([]);
      expect(await database.db.query.unsignedMessages.findMany()).toMatchObject([
        { target: "inquiries", reason: "bad_signature", count: 1 },
      ]);
    },
  );

  test("declines without a signature when a header comes twice", async () => {
    const reply = await ask(signedRequest(path, await question(), { headers: [["Signature", "another"]] }));
    expect(reply).toMatchObject({ httpStatus: 401, signatureStatus: "unsigned", body: declined });
  });

  test("gives a stranger neither a signature nor the Client-Id while the database is unavailable", async () => {
    const request = signedRequest(path, await question(), { sent: Buffer.from("{}") });
    const refused = Object.assign(new Error("no database"), { code: "ECONNREFUSED" });
    globalThis.kodeBayarRuntime = Promise.reject(refused);
    const response = await POST(request);
    expect(response.status).toBe(503);
    expect([...response.headers.keys()]).toEqual(["cache-control", "content-type"]);
    expect(await response.text()).toBe(declined);
  });

  test("declines with a signed answer while the database is unavailable", async () => {
    const request = signedRequest(path, await question());
    const refused = Object.assign(new Error("no database"), { code: "ECONNREFUSED" });
    globalThis.kodeBayarRuntime = Promise.reject(refused);
    expect(await ask(request)).toMatchObject({ httpStatus: 503, signatureStatus: "signed", body: declined });
  });
});

describe("the answer to an inquiry", () => {
  clearAtCommit();

  test.runIf(onPostgres)("comes only after the commit, however long it takes", async () => {
    const request = signedRequest(path, await question());
    const commit = await holdCommit("inquiries");
    let isAnswered = false;
    const asked = ask(request).finally(() => (isAnswered = true));
    await commit.waitUntilHeld();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAnswered).toBe(false);
    expect(await kept()).toEqual([]);
    await commit.release();
    expect(await asked).toMatchObject({ httpStatus: 200, status: "success" });
    expect(await kept()).toHaveLength(1);
  });

  test("is a signed decline when the database cannot write at the commit, and names the bill at the next attempt", async () => {
    const body = await question();
    await failAtCommit("inquiries");
    const reply = await ask(signedRequest(path, body));
    expect(reply).toMatchObject({ httpStatus: 503, signatureStatus: "signed", body: declined });
    expect(await kept()).toEqual([]);
    await allowCommit();
    expect(await ask(signedRequest(path, body))).toMatchObject({ httpStatus: 200, status: "success" });
  });
});

describe("POST /api/doku/inquiries with an incomplete request", () => {
  test("declines a body that is too large without a signature, and closes the connection", async () => {
    const reply = await ask(signedRequest(path, Buffer.alloc(64 * 1024 + 1, " ")));
    expect(reply).toMatchObject({
      httpStatus: 413,
      signatureStatus: "unsigned",
      body: declined,
      connection: "close",
    });
  });

  test("declines without a signature and closes the connection when the body is not complete after ten seconds", async () => {
    const body = await question();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const asked = ask(signedRequest(path, body, { sent: unendingBody(Buffer.from("{")) }));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await asked).toMatchObject({
        httpStatus: 400,
        signatureStatus: "unsigned",
        connection: "close",
      });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(Object.entries({ DELETE, GET, HEAD, OPTIONS, PATCH, PUT }))(
    "declines the method %s with 405 and without a signature",
    async (_method, refuse) => {
      const reply = await read(signedRequest(path, "{}"), refuse());
      expect(reply).toMatchObject({
        httpStatus: 405,
        signatureStatus: "unsigned",
        body: declined,
        allow: "POST",
      });
    },
  );

  test("answers 404 where direct inquiry is switched off", async () => {
    const request = signedRequest(path, await question());
    const settings = globalThis.kodeBayarSettings;
    if (!settings) throw new Error("no settings");
    const features = Object.fromEntries(
      Object.entries(settings.features).map(([id, feature]) => [id, { ...feature, codeKinds: [] }]),
    );
    globalThis.kodeBayarSettings = { ...settings, features };
    for (const response of [await POST(request), GET()]) {
      expect([response.status, await response.text()]).toEqual([404, ""]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });
});
