import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atScale } from "@/test/scale";
import vectors from "@/test/fixtures/doku/signature-vectors.json";
import { toStringToSign, toDigest, isSignatureShaped, isSignedBy, sign, type SignedParts } from "./signature";

const bytes = (text: string) => new TextEncoder().encode(text);
const secret = "SK-EmulatorOnly0123456789";

function toSignedParts(vector: (typeof vectors.vectors)[number]): SignedParts {
  return {
    clientId: vector.client_id,
    requestId: vector.request_id,
    timestampHeader:
      vector.timestamp_label === "Response-Timestamp" ? "Response-Timestamp" : "Request-Timestamp",
    timestamp: vector.timestamp,
    target: vector.target,
    body: vector.body === null ? undefined : bytes(vector.body),
  };
}

const withBytes = vectors.vectors.filter((vector) => !("given_digest" in vector));

describe("sign", () => {
  test.each(withBytes.map((vector) => [vector.id, vector] as const))(
    "equals the signature of the vector %s",
    (_, vector) => {
      const parts = toSignedParts(vector);
      expect(toStringToSign(parts, parts.body && toDigest(parts.body))).toBe(vector.component);
      expect(sign(parts, vector.secret)).toBe(vector.signature);
      expect(isSignedBy(vector.secret, parts, vector.signature)).toBe(true);
    },
  );

  test("equals the published vector of which only the digest is known", () => {
    const vector = vectors.vectors.find(({ id }) => id === "peer-known-secret");
    if (vector?.digest == null) throw new Error("The vector is gone");
    const component = toStringToSign(toSignedParts(vector), vector.digest);
    expect(component).toBe(vector.component);
    const hmac = createHmac("sha256", vector.secret).update(component).digest("base64");
    expect(`HMACSHA256=${hmac}`).toBe(vector.signature);
  });

  test("is tested with all twelve vectors", () => {
    expect(withBytes).toHaveLength(11);
    expect(vectors.vectors).toHaveLength(12);
  });

  test.each(vectors.digest_vectors)("toDigest digests $body as published", ({ body, digest }) => {
    expect(toDigest(bytes(body))).toBe(digest);
  });

  test("signs no Digest line for a GET, which differs from an empty body's digest", () => {
    const parts = toSignedParts(vectors.vectors[0] ?? raise());
    const get = sign({ ...parts, body: undefined }, secret);
    expect(get).not.toBe(sign({ ...parts, body: new Uint8Array() }, secret));
  });
});

const raise = (): never => {
  throw new Error("No such vector");
};

const printable = (maxLength: number) => fc.string({ minLength: 1, maxLength, unit: "grapheme-ascii" });
const aMessage = fc.record({
  clientId: printable(40),
  requestId: printable(128),
  timestampHeader: fc.constantFrom("Request-Timestamp" as const, "Response-Timestamp" as const),
  timestamp: printable(30),
  target: printable(60).map((path) => `/${path}`),
  body: fc.option(fc.uint8Array({ maxLength: 200 }), { nil: undefined }),
});

describe("isSignedBy", () => {
  test("accepts what sign made, with the signing key only", () => {
    fc.assert(
      fc.property(aMessage, printable(40), printable(40), (parts, key, other) => {
        const signature = sign(parts, key);
        expect(isSignedBy(key, parts, signature)).toBe(true);
        // HMAC fills a short key with zero bytes, which are no printable characters, so other keys stay other keys.
        expect(isSignedBy(other, parts, signature)).toBe(other === key);
      }),
    );
  });

  test("refuses a signature when any bit of the body changes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.nat(7), (body, at, bit) => {
        const parts: SignedParts = { ...fixed, body };
        const signature = sign(parts, secret);
        const changed = Uint8Array.from(body, (byte, index) =>
          index === at % body.length ? byte ^ (1 << bit) : byte,
        );
        expect(isSignedBy(secret, { ...parts, body: changed }, signature)).toBe(false);
      }),
      { numRuns: atScale({ usual: 200, stress: 1000 }) },
    );
  });

  test("refuses a signature when a signed header, the path or the timestamp's label changes", () => {
    const signature = sign(fixed, secret);
    fc.assert(
      fc.property(
        fc.constantFrom("clientId" as const, "requestId" as const, "timestamp" as const, "target" as const),
        fc.string({ maxLength: 60 }),
        (field, value) => {
          fc.pre(value !== fixed[field]);
          expect(isSignedBy(secret, { ...fixed, [field]: value }, signature)).toBe(false);
        },
      ),
      { numRuns: atScale({ usual: 200, stress: 1000 }) },
    );
    expect(isSignedBy(secret, { ...fixed, timestampHeader: "Response-Timestamp" }, signature)).toBe(false);
    expect(isSignedBy(secret, { ...fixed, body: undefined }, signature)).toBe(false);
  });

  test("refuses every mutation of a signature", () => {
    const signature = sign(fixed, secret);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ ,\n";
    let mutants = 0;
    for (let at = 0; at <= signature.length; at += 1) {
      for (const letter of alphabet) {
        const replaced = signature.slice(0, at) + letter + signature.slice(at + 1);
        const inserted = signature.slice(0, at) + letter + signature.slice(at);
        for (const mutant of [replaced, inserted].filter((text) => text !== signature)) {
          mutants += 1;
          expect(isSignedBy(secret, fixed, mutant), mutant).toBe(false);
        }
      }
      if (at < signature.length) {
        expect(isSignedBy(secret, fixed, signature.slice(0, at) + signature.slice(at + 1))).toBe(false);
      }
    }
    expect(mutants).toBeGreaterThan(7000);
  });

  test("refuses other base64 spellings of the same 32 bytes", () => {
    const signature = sign(fixed, secret);
    const last = signature.at(-2) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const index = alphabet.indexOf(last);
    for (const twin of [1, 2, 3].map((low) => `${signature.slice(0, -2)}${alphabet[index + low]}=`)) {
      expect(Buffer.from(twin.slice(11), "base64")).toEqual(Buffer.from(signature.slice(11), "base64"));
      expect(isSignatureShaped(twin)).toBe(false);
      expect(isSignedBy(secret, fixed, twin)).toBe(false);
    }
  });

  test.each([
    ` ${sign(fixed, secret)}`,
    `${sign(fixed, secret)} `,
    `${sign(fixed, secret)}\n`,
    `x${sign(fixed, secret)}`,
    `${sign(fixed, secret)}A`,
    `${sign(fixed, secret)}=`,
    "",
    "HMACSHA256=",
    "hmacsha256=",
    "HMACSHA256=====",
    `HMACSHA256=${"A".repeat(44)}`,
    "é".repeat(55),
  ])("refuses %j without throwing", (text) => {
    expect(isSignedBy(secret, fixed, text)).toBe(false);
  });

  test("refuses an empty key, with which anyone could sign", () => {
    expect(() => sign(fixed, "")).toThrow(RangeError);
    const forged = sign(fixed, "\0");
    expect(isSignedBy("", fixed, forged)).toBe(false);
  });

  test.each(["a\nb", "a\rb", "a\0b", "é", ""])("neither signs nor accepts %j in a signed part", (value) => {
    for (const field of ["clientId", "requestId", "timestamp", "target"] as const) {
      expect(() => sign({ ...fixed, [field]: value }, secret)).toThrow(RangeError);
      const parts = { ...fixed, [field]: value };
      const hmac = createHmac("sha256", secret)
        .update(toStringToSign(parts, toDigest(fixed.body)))
        .digest("base64");
      expect(isSignedBy(secret, parts, `HMACSHA256=${hmac}`)).toBe(false);
    }
  });
});

const fixed = {
  clientId: "MCH-0001-10791114622547",
  requestId: "479b663f-5c9d-400d-8e80-3e548a8f7639",
  timestampHeader: "Request-Timestamp",
  timestamp: "2021-08-12T07:06:30Z",
  target: "/payments/notifications",
  body: bytes('{"order":{"invoice_number":"INV-1","amount":150000}}'),
} as const satisfies SignedParts;

describe("a message signed here", () => {
  /** A request to DOKU, an answer to an inquiry and a status check, each with its path. */
  const ours = fc.oneof(
    aMessage.map((parts) => ({
      ...parts,
      timestampHeader: "Request-Timestamp" as const,
      target: "/alfa-online-to-offline/v2/payment-code",
      body: parts.body ?? bytes("{}"),
    })),
    aMessage.map((parts) => ({
      ...parts,
      timestampHeader: "Response-Timestamp" as const,
      target: "/api/doku/inquiries",
      body: parts.body ?? bytes("{}"),
    })),
    aMessage.map((parts) => ({
      ...parts,
      timestampHeader: "Request-Timestamp" as const,
      target: "/orders/v1/status/KB-1",
      body: undefined,
    })),
  );

  test("never passes for a notification or an inquiry when it is sent back (T4)", () => {
    fc.assert(
      fc.property(
        ours,
        fc.constantFrom("/api/doku/notifications", "/api/doku/inquiries"),
        (parts, target) => {
          const signature = sign(parts, secret);
          const received = {
            ...parts,
            timestampHeader: "Request-Timestamp" as const,
            target,
            body: parts.body ?? new Uint8Array(),
          };
          expect(isSignedBy(secret, received, signature)).toBe(false);
        },
      ),
      { numRuns: atScale({ usual: 1000, stress: 5000 }) },
    );
  });

  test("never passes for DOKU's answer (T4)", () => {
    fc.assert(
      fc.property(ours, (parts) => {
        const received = {
          ...parts,
          timestampHeader: "Response-Timestamp" as const,
          target: "/alfa-online-to-offline/v2/payment-code",
          body: parts.body ?? new Uint8Array(),
        };
        expect(isSignedBy(secret, received, sign(parts, secret))).toBe(false);
      }),
      { numRuns: atScale({ usual: 1000, stress: 5000 }) },
    );
  });
});
