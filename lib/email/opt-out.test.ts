import { expect, test } from "vitest";
import { hashAddress, parseOptOutToken, toOptOutToken } from "./opt-out";

const key = new Uint8Array(32).fill(1);
const hash = hashAddress("sri@example.com");

test("the token of a link names the address it was made for", () => {
  expect(parseOptOutToken(toOptOutToken(hash, key), key)).toBe(hash);
  expect(hashAddress(" SRI@example.com")).toBe(hash);
  expect(hashAddress("sri@example.org")).not.toBe(hash);
});

test("a token of another key, another address or another length is refused", () => {
  const token = toOptOutToken(hash, key);
  const other = toOptOutToken(hashAddress("budi@example.com"), new Uint8Array(32));
  const bytes = Buffer.from(token, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  for (const wrong of [
    other,
    bytes.toString("base64url"),
    token.slice(0, -2),
    `${token}AA`,
    `${token}A`,
    "",
    "x",
  ])
    expect(parseOptOutToken(wrong, key), wrong).toBeUndefined();
});
