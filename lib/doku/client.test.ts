import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { createDokuClient } from "./client";
import {
  always,
  answerSigned,
  readBody,
  clientAt,
  closeAll,
  dokuAnswering,
  sample,
  testKeys,
  unsigned,
  type ResponseOverrides,
} from "@/test/doku-replies";

const { path, body, success, refusal } = sample;
afterEach(closeAll);

describe("DokuClient.send", () => {
  test.each(["POST", "PATCH"] as const)(
    "sends the exact bytes of a %s, signed over its path",
    async (method) => {
      const seen: { request: IncomingMessage; received: Buffer }[] = [];
      const { client } = await dokuAnswering(async (request, response) => {
        seen.push({ request, received: await readBody(request) });
        answerSigned([request, response], [200, success]);
      });
      expect(await client.send({ method, path, body, requestId: "r-1" })).toMatchObject({
        outcome: "answered",
      });
      const [{ request, received } = raise()] = seen;
      expect(received).toEqual(Buffer.from(body));
      const digest = createHash("sha256").update(body).digest("base64");
      const component = `Client-Id:${testKeys.clientId}\nRequest-Id:r-1\nRequest-Timestamp:2020-08-11T08:45:42Z\nRequest-Target:${path}\nDigest:${digest}`;
      const hmac = createHmac("sha256", testKeys.current).update(component).digest("base64");
      expect(request).toMatchObject({ method, url: path });
      expect(request.headers).toMatchObject({
        "client-id": testKeys.clientId,
        "request-id": "r-1",
        "request-timestamp": "2020-08-11T08:45:42Z",
        signature: `HMACSHA256=${hmac}`,
        "content-type": "application/json",
        "content-length": String(body.byteLength),
      });
    },
  );

  test("signs each attempt with a new timestamp and the same bytes and Request-Id (F3)", async () => {
    const stamps: unknown[] = [];
    let seconds = 0;
    const now = () => new Date(Date.UTC(2026, 0, 1, 0, 0, (seconds += 1)));
    const { send } = await dokuAnswering(
      (request, response) => {
        stamps.push([request.headers["request-id"], request.headers["request-timestamp"]]);
        answerSigned([request, response], [200, success]);
      },
      { now },
    );
    await send();
    await send();
    expect(stamps).toEqual([
      ["r-1", "2026-01-01T00:00:01Z"],
      ["r-1", "2026-01-01T00:00:02Z"],
    ]);
  });

  test("accepts a signed 200", async () => {
    const { send } = await dokuAnswering(always(200, success));
    expect(await send()).toEqual({
      outcome: "answered",
      httpStatus: 200,
      body: JSON.parse(success),
      text: success,
    });
  });

  test("verifies the bytes of an answer, whatever its spacing", async () => {
    const { send } = await dokuAnswering(always(200, JSON.stringify(JSON.parse(success), null, 2)));
    expect(await send()).toMatchObject({ outcome: "answered", body: JSON.parse(success) });
  });

  test("accepts a signed 409 with the first answer as a replay (F4)", async () => {
    const { send } = await dokuAnswering(always(409, success));
    expect(await send()).toEqual({
      outcome: "replayed",
      httpStatus: 409,
      body: JSON.parse(success),
      text: success,
    });
  });

  test("verifies an answer that has Request-Timestamp instead of Response-Timestamp", async () => {
    const { send } = await dokuAnswering(always(200, success, { timestampHeader: "Request-Timestamp" }));
    expect(await send()).toMatchObject({ outcome: "answered" });
  });

  test("verifies an answer that is signed with the previous key (F38)", async () => {
    const keys = { ...testKeys, current: "SK-new", previous: testKeys.current };
    const { send } = await dokuAnswering(always(200, success), { keys });
    expect(await send()).toMatchObject({ outcome: "answered" });
  });
});

const raise = (): never => {
  throw new Error("DOKU was not asked");
};

describe("an unverified answer", () => {
  const forgeries: [string, ResponseOverrides, string][] = [
    ["without a signature", { drop: "Signature" }, "unsigned"],
    ["without its Client-Id", { drop: "Client-Id" }, "bad_signature"],
    ["without its Request-Id", { drop: "Request-Id" }, "bad_signature"],
    ["without any timestamp", { drop: "Response-Timestamp" }, "bad_signature"],
    ["signed with another key", { secret: "SK-other" }, "bad_signature"],
    ["for another client", { clientId: "MCH-0002" }, "bad_signature"],
    ["to another request", { requestId: "r-2" }, "bad_signature"],
    ["from another path", { target: "/elsewhere" }, "bad_signature"],
    ["signed as a request", { label: "Request-Timestamp" }, "bad_signature"],
  ];
  const answers = [200, 201, 409].flatMap((status) => forgeries.map((lie) => [status, ...lie] as const));

  test.each(answers)("makes a %i that comes %s an unknown outcome", async (status, _, overrides, because) => {
    const { send } = await dokuAnswering(always(status, success, overrides));
    expect(await send()).toMatchObject({ outcome: "unknown", because, httpStatus: status, text: success });
  });

  test.each(
    [400, 401, 404, 429, 500, 503].flatMap((status) =>
      forgeries.slice(4).map((lie) => [status, ...lie] as const),
    ),
  )("makes an error %i that comes %s an unknown outcome, not a refusal", async (status, _, overrides) => {
    const { send } = await dokuAnswering(always(status, refusal, overrides));
    expect(await send()).toMatchObject({ outcome: "unknown", because: "bad_signature", httpStatus: status });
  });

  test("is an unknown outcome when one byte of the body changed", async () => {
    const { send } = await dokuAnswering((request, response) => {
      const end = response.end.bind(response);
      response.end = () => end(success.replace("0205", "0206"));
      answerSigned([request, response], [200, success]);
    });
    expect(await send()).toMatchObject({ outcome: "unknown", because: "bad_signature" });
  });

  test("is an unknown outcome when its signature comes twice", async () => {
    const { send } = await dokuAnswering(always(200, success, { twice: "Signature" }));
    expect(await send()).toMatchObject({ outcome: "unknown", because: "bad_signature" });
  });

  test.each(["", "<html></html>", "{", "\ufeff{}"])(
    "is an unknown outcome when the signed body is %j",
    async (text) => {
      const { send } = await dokuAnswering(always(200, text));
      expect(await send()).toMatchObject({
        outcome: "unknown",
        because: "unreadable",
        text: text.replace("\ufeff", ""),
      });
    },
  );
});

describe("a refusal by DOKU", () => {
  const words = {
    code: "invalid_parameter",
    message: "order.amount is mandatory",
    type: "invalid_request_error",
  };

  test.each([400, 401, 403, 404, 405, 410, 422, 451, 499])("is every %i, signed or not", async (status) => {
    for (const listener of [unsigned(status, refusal), always(status, refusal)]) {
      const { send } = await dokuAnswering(listener);
      expect(await send()).toEqual({ outcome: "refused", httpStatus: status, error: words, text: refusal });
    }
  });

  test.each(["", "<html><body>Forbidden</body></html>", "null", "[]", "{}"])(
    "needs no error text: %j",
    async (text) => {
      const { send } = await dokuAnswering(unsigned(403, text));
      const error = { code: undefined, message: undefined, type: undefined };
      expect(await send()).toEqual({ outcome: "refused", httpStatus: 403, error, text });
    },
  );

  test("stores 4,096 characters of a long answer, without any that the database refuses", async () => {
    const { send } = await dokuAnswering(unsigned(400, `\0${"\u00e9".repeat(10_000)}`));
    const outcome = await send();
    expect(outcome.text).toHaveLength(4096);
    expect(outcome.text).toMatch(/^\ufffd\u00e9+$/);
  });
});

describe("an invalid call", () => {
  test.each([
    "https://api.doku.com/v1",
    "https://api.doku.com/?x",
    "https://api.doku.com/#x",
    "https://u:p@api.doku.com",
    "ftp://api.doku.com",
    "api.doku.com",
  ])("throws at creation on the base URL %s", (baseUrl) => {
    expect(() => createDokuClient({ baseUrl, keys: testKeys, now: () => new Date() })).toThrow();
  });

  test.each(["", "no-slash", "/a?b=c", "/a b", "//a", "/a/", "/%2e", "/a#b", "/é"])(
    "throws on the path %j",
    async (wrong) => {
      const { client } = clientAt("http://127.0.0.1:9");
      await expect(client.send({ method: "POST", path: wrong, body, requestId: "r-1" })).rejects.toThrow(
        RangeError,
      );
    },
  );
});
