import { describe, expect, test, vi } from "vitest";
import { setupTestContext, database, context } from "@/test/setup-context";
import { aBill, questionAbout, verifyInquiryReply } from "@/test/inquiry-context";
import { serveTestContext, signedRequest, unendingBody } from "@/test/doku-request";
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "./route";

setupTestContext();
serveTestContext();

const path = "/api/doku/inquiries";
const question = async () => questionAbout((await aBill(context)).paymentCode);
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
  test("verifies exactly the bytes that were sent, and signs the answer", async () => {
    const pretty = JSON.stringify(JSON.parse(await question()), null, 2);
    expect(await ask(signedRequest(path, pretty))).toMatchObject({
      httpStatus: 200,
      signatureStatus: "signed",
      status: "success",
    });
    const [kept] = await database.db.query.inquiries.findMany();
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(pretty);
  });

  test("declines with a signed answer when the inquiry was signed over other bytes", async () => {
    const body = await question();
    const reply = await ask(signedRequest(path, body, { sent: ` ${body}` }));
    expect(reply).toMatchObject({ httpStatus: 401, signatureStatus: "signed", body: declined });
  });

  test("declines with a signed answer when a header comes twice", async () => {
    const reply = await ask(signedRequest(path, await question(), { headers: [["Signature", "another"]] }));
    expect(reply).toMatchObject({ httpStatus: 401, body: declined });
  });

  test("declines with a signed answer while the database is unavailable", async () => {
    const request = signedRequest(path, await question());
    const refused = Object.assign(new Error("no database"), { code: "ECONNREFUSED" });
    globalThis.kodeBayarRuntime = Promise.reject(refused);
    expect(await ask(request)).toMatchObject({ httpStatus: 503, signatureStatus: "signed", body: declined });
  });
});

describe("POST /api/doku/inquiries with an incomplete request", () => {
  test("declines a body that is too large with a signed answer, and closes the connection", async () => {
    const reply = await ask(signedRequest(path, Buffer.alloc(64 * 1024 + 1, " ")));
    expect(reply).toMatchObject({
      httpStatus: 413,
      signatureStatus: "signed",
      body: declined,
      connection: "close",
    });
  });

  test("declines with a signed answer and closes the connection when the body is not complete after ten seconds", async () => {
    const body = await question();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const asked = ask(signedRequest(path, body, { sent: unendingBody(Buffer.from("{")) }));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await asked).toMatchObject({ httpStatus: 400, signatureStatus: "signed", connection: "close" });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(Object.entries({ DELETE, GET, HEAD, OPTIONS, PATCH, PUT }))(
    "declines the method %s with a signed 405",
    async (_method, refuse) => {
      const request = signedRequest(path, "{}");
      const reply = await read(request, refuse(request));
      expect(reply).toMatchObject({
        httpStatus: 405,
        signatureStatus: "signed",
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
    for (const response of [await POST(request), GET(request)]) {
      expect([response.status, await response.text()]).toEqual([404, ""]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });
});
