import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { signatureComponent, computeDigest, verifySignature, sign } from "./signature";

const Vectors = z.object({
  vectors: z.array(
    z.object({
      id: z.string(),
      client_id: z.string(),
      secret: z.string(),
      timestamp_label: z.enum(["Request-Timestamp", "Response-Timestamp"]),
      request_id: z.string(),
      timestamp: z.string(),
      target: z.string(),
      body: z.string().nullable(),
      given_digest: z.string().optional(),
      digest: z.string().nullable(),
      component: z.string(),
      signature: z.string(),
    }),
  ),
  digest_vectors: z.array(z.object({ body: z.string(), digest: z.string() })),
});
const file = new URL("../../test/fixtures/doku/signature-vectors.json", import.meta.url);
const { vectors, digest_vectors } = Vectors.parse(JSON.parse(readFileSync(file, "utf8")));

const toSignedParts = (vector: (typeof vectors)[number]) => ({
  clientId: vector.client_id,
  requestId: vector.request_id,
  label: vector.timestamp_label,
  timestamp: vector.timestamp,
  target: vector.target,
  digest: vector.body === null ? vector.given_digest : computeDigest(vector.body),
});

describe("sign and verifySignature", () => {
  test("there are 12 published vectors", () => expect(vectors.length).toBe(12));

  test.each(vectors)("the signature of vector $id is the published one", (vector) => {
    const parts = toSignedParts(vector);
    expect(parts.digest ?? null).toBe(vector.digest);
    expect(signatureComponent(parts)).toBe(vector.component);
    expect(sign(parts, vector.secret)).toBe(vector.signature);
    expect(verifySignature(parts, vector.secret, vector.signature)).toBe(true);
  });

  test.each(digest_vectors)("the digest of $body is the published one", ({ body, digest }) => {
    expect(computeDigest(body)).toBe(digest);
  });

  test.each(vectors)("the signature of vector $id does not verify when one part differs", (vector) => {
    const parts = toSignedParts(vector);
    const label = parts.label === "Request-Timestamp" ? "Response-Timestamp" : "Request-Timestamp";
    const others = [
      { ...parts, clientId: `${parts.clientId}0` },
      { ...parts, requestId: `${parts.requestId}0` },
      { ...parts, timestamp: "2020-08-11T08:45:44Z" },
      { ...parts, target: `${parts.target}/` },
      { ...parts, digest: parts.digest === undefined ? computeDigest("") : undefined },
      { ...parts, label } as const,
    ];
    for (const other of others) expect(verifySignature(other, vector.secret, vector.signature)).toBe(false);
    expect(verifySignature(parts, `${vector.secret} `, vector.signature)).toBe(false);
    expect(verifySignature(parts, vector.secret, vector.signature.replace("HMACSHA256=", ""))).toBe(false);
    expect(verifySignature(parts, vector.secret, "")).toBe(false);
  });
});
