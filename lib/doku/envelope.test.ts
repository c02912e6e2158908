import { createHmac, createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "@/test/any-text";
import { atScale } from "@/test/scale";
import { verifyResponse, signedHeaders, verifyMessage, type HeaderReader } from "./envelope";
import vectors from "@/test/fixtures/doku/signature-vectors.json";
import type { DokuKeys } from "./keys";
import { formatTimestamp } from "./moment";

const keys = {
  clientId: "MCH-0001-10791114622547",
  current: "SK-EmulatorOnly0123456789",
  previous: undefined,
};
const target = "/payments/notifications";
const rawBody = new TextEncoder().encode('{"transaction":{"status":"SUCCESS"}}');

type Headers = Record<string, string | undefined>;
const reader =
  (headers: Headers): HeaderReader =>
  (name) =>
    headers[name];

/** Signs as DOKU does, written out here so that the code under test does not verify itself. */
function signedByDoku(changes: Headers = {}, secret = keys.current, path = target): Headers {
  const headers: Headers = {
    "Client-Id": keys.clientId,
    "Request-Id": "479b663f-5c9d-400d-8e80-3e548a8f7639",
    "Request-Timestamp": "2021-08-12T07:06:30Z",
    ...changes,
  };
  const digest = createHash("sha256").update(rawBody).digest("base64");
  const component = `Client-Id:${headers["Client-Id"]}\nRequest-Id:${headers["Request-Id"]}\nRequest-Timestamp:${headers["Request-Timestamp"]}\nRequest-Target:${path}\nDigest:${digest}`;
  return {
    Signature: `HMACSHA256=${createHmac("sha256", secret).update(component).digest("base64")}`,
    ...headers,
  };
}
const verify = (headers: Headers, with_: DokuKeys = keys) =>
  verifyMessage({ headers: reader(headers), rawBody, target, keys: with_ });

describe("verifyMessage", () => {
  test.each(vectors.vectors.filter(({ id }) => id.startsWith("notif") || id === "inquiry-alfa-request"))(
    "verifies the vector $id",
    (vector) => {
      const headers = reader({
        "Client-Id": vector.client_id,
        "Request-Id": vector.request_id,
        "Request-Timestamp": vector.timestamp,
        Signature: vector.signature,
      });
      const message = {
        headers,
        rawBody: new TextEncoder().encode(vector.body ?? ""),
        target: vector.target,
      };
      expect(verifyMessage({ ...message, keys })).toEqual({
        outcome: "verified",
        requestId: vector.request_id,
        requestTimestamp: vector.timestamp,
        sentAt: new Date(vector.timestamp),
        key: "current",
      });
    },
  );

  test.each(["Client-Id", "Request-Id", "Request-Timestamp", "Signature"])(
    "rejects a message without its %s",
    (name) => {
      for (const nothing of [undefined, ""]) {
        expect(verify({ ...signedByDoku(), [name]: nothing })).toEqual({
          outcome: "rejected",
          because: "missing_header",
        });
      }
    },
  );

  test.each(["Client-Id", "Request-Id", "Request-Timestamp", "Signature"])(
    "rejects a message with a repeated %s",
    (name) => {
      const twice = { [name]: `${signedByDoku()[name]}, x` };
      // The signature covers the comma, so it is the comma that is refused and not the signature.
      expect(verify(signedByDoku(twice))).toEqual({ outcome: "rejected", because: "repeated_header" });
    },
  );

  test.each([
    ["a Request-Id of 129 characters", { "Request-Id": "r".repeat(129) }],
    ["a Request-Id that is not ASCII", { "Request-Id": "r\u00e9" }],
    ["a Request-Id with a line break", { "Request-Id": "r\nRequest-Timestamp:2021-08-12T07:06:30Z" }],
    ["a timestamp of 65 characters", { "Request-Timestamp": "2".repeat(65) }],
    ["a timestamp with a tab", { "Request-Timestamp": "2021\t" }],
    ["a signature without its prefix", { Signature: "vNBRreUjuT4n1RImvTRAI8I9+r6VLhEGLebY1D0FfF8=" }],
  ])("rejects %s as malformed", (_, change) => {
    expect(verify(signedByDoku(change))).toEqual({ outcome: "rejected", because: "malformed" });
  });

  test("accepts a Request-Id of 128 characters", () => {
    expect(verify(signedByDoku({ "Request-Id": "r".repeat(128) }))).toMatchObject({ outcome: "verified" });
  });

  test("rejects another client's message before any key is tried", () => {
    const other = signedByDoku({ "Client-Id": "MCH-0002-10791114622547" });
    expect(verify(other)).toEqual({ outcome: "rejected", because: "wrong_client" });
    expect(verify({ ...other, Signature: signedByDoku().Signature })).toMatchObject({
      because: "wrong_client",
    });
  });

  test("rejects a message that is signed for another path", () => {
    expect(verify(signedByDoku({}, keys.current, `${target}/`))).toEqual({
      outcome: "rejected",
      because: "bad_signature",
    });
  });

  test("never rejects a message for its age", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") }), (date) => {
        const timestamp = formatTimestamp(date);
        expect(verify(signedByDoku({ "Request-Timestamp": timestamp }))).toMatchObject({
          outcome: "verified",
          requestTimestamp: timestamp,
        });
      }),
    );
  });

  test("accepts a signed timestamp of unknown form, with sentAt undefined", () => {
    expect(verify(signedByDoku({ "Request-Timestamp": "yesterday" }))).toMatchObject({
      outcome: "verified",
      requestTimestamp: "yesterday",
      sentAt: undefined,
    });
  });

  test("verifies with the current and the previous key, and says which one signed (F38)", () => {
    const both = { ...keys, current: "SK-new", previous: "SK-old" };
    expect(verify(signedByDoku({}, "SK-new"), both)).toMatchObject({ outcome: "verified", key: "current" });
    expect(verify(signedByDoku({}, "SK-old"), both)).toMatchObject({ outcome: "verified", key: "previous" });
    expect(verify(signedByDoku({}, "SK-older"), both)).toMatchObject({ because: "bad_signature" });
    expect(verify(signedByDoku({}, "SK-old"), { ...both, previous: undefined })).toMatchObject({
      because: "bad_signature",
    });
  });

  test("neither accepts nor throws on random headers", () => {
    const value = fc.option(anyText(80), { nil: undefined });
    const mutant = fc.record({
      "Client-Id": value,
      "Request-Id": value,
      "Request-Timestamp": value,
      Signature: value,
    });
    const good = signedByDoku();
    fc.assert(
      fc.property(mutant, fc.subarray(Object.keys(good), { minLength: 1 }), (random, chosen) => {
        const changed = {
          ...good,
          ...Object.fromEntries(chosen.map((name) => [name, Reflect.get(random, name)])),
        };
        fc.pre(chosen.some((name) => changed[name] !== good[name]));
        expect(verify(changed).outcome).toBe("rejected");
      }),
      { numRuns: atScale({ usual: 600, stress: 3000 }) },
    );
  });
});

describe("signedHeaders", () => {
  const message = { requestId: "r-1", target: "/x", body: rawBody, at: new Date("2020-08-11T08:45:42.999Z") };

  test("have the time in whole seconds and are signed with the current key", () => {
    const rotating = { ...keys, previous: "SK-old" };
    const headers = signedHeaders(rotating, { ...message, timestampHeader: "Request-Timestamp" });
    expect(Object.keys(headers)).toEqual(["Client-Id", "Request-Id", "Request-Timestamp", "Signature"]);
    expect(headers["Request-Timestamp"]).toBe("2020-08-11T08:45:42Z");
    expect(verifyMessage({ headers: reader(headers), rawBody, target: "/x", keys: rotating })).toMatchObject({
      key: "current",
    });
  });

  test("never let an answer pass for a request, or a request for an answer (T4)", () => {
    const asked = { rawBody, target: "/x", requestId: "r-1", keys };
    const answer = reader(signedHeaders(keys, { ...message, timestampHeader: "Response-Timestamp" }));
    const request = reader(signedHeaders(keys, { ...message, timestampHeader: "Request-Timestamp" }));
    expect(verifyResponse({ ...asked, headers: answer })).toBe("signed");
    expect(verifyResponse({ ...asked, headers: request })).toBe("bad_signature");
    const relabelled: HeaderReader = (name) =>
      answer(name === "Request-Timestamp" ? "Response-Timestamp" : name);
    expect(verifyMessage({ headers: relabelled, rawBody, target: "/x", keys })).toMatchObject({
      because: "bad_signature",
    });
  });
});
