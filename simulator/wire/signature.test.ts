import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { componentOf, digestOf, isSigned, sign } from "./signature";

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

const partsOf = (vector: (typeof vectors)[number]) => ({
  clientId: vector.client_id,
  requestId: vector.request_id,
  label: vector.timestamp_label,
  timestamp: vector.timestamp,
  target: vector.target,
  digest: vector.body === null ? vector.given_digest : digestOf(vector.body),
});

describe("the signature", () => {
  test("has vectors to be compared with", () => expect(vectors.length).toBe(12));

  test.each(vectors)("of vector $id is the published one", (vector) => {
    const parts = partsOf(vector);
    expect(parts.digest ?? null).toBe(vector.digest);
    expect(componentOf(parts)).toBe(vector.component);
    expect(sign(parts, vector.secret)).toBe(vector.signature);
    expect(isSigned(parts, vector.secret, vector.signature)).toBe(true);
  });

  test.each(digest_vectors)("digests $body as published", ({ body, digest }) => {
    expect(digestOf(body)).toBe(digest);
  });

  test.each(vectors)("of vector $id is refused when one thing differs", (vector) => {
    const parts = partsOf(vector);
    const label = parts.label === "Request-Timestamp" ? "Response-Timestamp" : "Request-Timestamp";
    const others = [
      { ...parts, clientId: `${parts.clientId}0` },
      { ...parts, requestId: `${parts.requestId}0` },
      { ...parts, timestamp: "2020-08-11T08:45:44Z" },
      { ...parts, target: `${parts.target}/` },
      { ...parts, digest: parts.digest === undefined ? digestOf("") : undefined },
      { ...parts, label } as const,
    ];
    for (const other of others) expect(isSigned(other, vector.secret, vector.signature)).toBe(false);
    expect(isSigned(parts, `${vector.secret} `, vector.signature)).toBe(false);
    expect(isSigned(parts, vector.secret, vector.signature.replace("HMACSHA256=", ""))).toBe(false);
    expect(isSigned(parts, vector.secret, "")).toBe(false);
  });
});
