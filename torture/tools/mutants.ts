// Messages that DOKU did not send: each is a valid message with one thing wrong, or wrongly signed with the right key. None
// may ever be accepted.
import { createHash } from "node:crypto";
import { bodyMutations, flipBit } from "./mutant-bodies";
import type { Mutation, RawMessage } from "./mutant-bodies";
import { hmac, secret, signParts, target, toComponent } from "./messages";
import type { ForgedParts, TestMessage } from "./messages";
import type { Random } from "./random";

export type Mutant = RawMessage & {
  /** What is wrong with it. */
  how: string;
};

type Signed = Pick<TestMessage, "headers" | "body">;

const signedHeaders = ["client-id", "request-id", "request-timestamp", "signature"];

/** Mutates a valid message; by chance the result equals the original, which the caller skips (`isSame`). */
export function mutate(message: Signed, random: Random): Mutant {
  const [how, mutation] = random.pick(mutations);
  const { headers, body } = mutation(
    { headers: { ...message.headers }, body: Buffer.from(message.body) },
    random,
  );
  return { how, headers, body };
}

export const isSame = (mutant: RawMessage, { headers, body }: Signed): boolean =>
  signedHeaders.every((name) => mutant.headers[name] === headers[name]) &&
  mutant.body.equals(Buffer.from(body));

/** @param change the new value; undefined removes the header */
const changeHeader =
  (name: string, change: (value: string, random: Random) => string | undefined): Mutation =>
  (message, random) => {
    const { [name]: old = "", ...others } = message.headers;
    const value = change(old, random);
    return { ...message, headers: value === undefined ? others : { ...others, [name]: value } };
  };
const changeAnyHeader =
  (change: (value: string, random: Random) => string | undefined): Mutation =>
  (message, random) =>
    changeHeader(random.pick(signedHeaders), change)(message, random);

/** Signs by a wrong method or with a wrong key. */
const forge =
  (sign: (parts: ForgedParts, random: Random) => string): Mutation =>
  (message, random) => {
    const { headers, body } = message;
    const [clientId = "", requestId = "", timestamp = ""] = signedHeaders.map((name) => headers[name]);
    const signature = sign({ clientId, requestId, timestamp, target, body }, random);
    return { ...message, headers: { ...headers, signature } };
  };
const withKey = (key: string) => forge((parts) => signParts(parts, key));
/** Signs another text than the one that DOKU's rules give. */
const withComponent = (change: (component: string, parts: ForgedParts, random: Random) => string) =>
  forge((parts, random) => `HMACSHA256=${hmac(change(toComponent(parts), parts, random), secret)}`);

const flipText = (text: string, random: Random) => {
  const at = random.below(text.length);
  return `${text.slice(0, at)}${String.fromCharCode(33 + random.below(94))}${text.slice(at + 1)}`;
};

type Change = (value: string, random: Random) => string;
const changeId = (change: Change) => changeHeader("request-id", change);
const changeSignature = (change: Change) => changeHeader("signature", change);

const headerMutations: Record<string, Mutation> = {
  "a header gone": changeAnyHeader(() => undefined),
  "a header empty": changeAnyHeader(() => ""),
  "a letter changed": changeAnyHeader(flipText),
  "a header doubled": changeAnyHeader((value) => `${value}, ${value}`),
  "a header very long": changeAnyHeader((value, random) => value + "x".repeat(random.between(100, 4000))),
  "letters that are not ASCII": changeAnyHeader(
    (value, random) => `${value}${random.pick(["\u00e9", "\u00a0", "\u00ff"])}`,
  ),
  "another client": changeHeader("client-id", (value, random) =>
    random.pick([value.toLowerCase(), `${value}0`, value.slice(0, -1), "MCH-0002-1", "*", "null"]),
  ),
  "another Request-Id": changeId((value, random) =>
    random.pick([value.toUpperCase(), `${value}-`, flipText(value, random)]),
  ),
  "another time": changeHeader("request-timestamp", (value, random) =>
    random.pick([
      value.replace("Z", "+00:00"),
      value.replace("T", " "),
      "1970-01-01T00:00:00Z",
      String(Date.now()),
    ]),
  ),
  "a signature's bit flipped": changeSignature(
    (value, random) =>
      `HMACSHA256=${flipBit(Buffer.from(value.slice(11), "base64"), random).toString("base64")}`,
  ),
  "a signature cut short": changeSignature((value, random) => value.slice(0, 11 + random.below(44))),
  "a signature's spare bits": changeSignature((value) =>
    value.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`),
  ),
  "a signature in another alphabet": changeSignature(
    (value) => `HMACSHA256=${Buffer.from(value.slice(11), "base64").toString("base64url")}`,
  ),
  "a signature in hexadecimal": changeSignature(
    (value) => `HMACSHA256=${Buffer.from(value.slice(11), "base64").toString("hex")}`,
  ),
  "a signature with another name": changeSignature((value, random) =>
    value.replace(
      "HMACSHA256",
      random.pick(["hmacsha256", "HMACSHA512", "HMACSHA1", "none", "", "HMACSHA256=HMACSHA256"]),
    ),
  ),
  "a signature of nothing": changeSignature((_value, random) =>
    random.pick([
      "HMACSHA256=",
      `HMACSHA256=${"A".repeat(43)}=`,
      "null",
      "HMACSHA256",
      "HMACSHA256=undefined",
    ]),
  ),
  "two headers exchanged": ({ headers, body }) => ({
    headers: {
      ...headers,
      "request-id": headers["request-timestamp"] ?? "",
      "request-timestamp": headers["request-id"] ?? "",
    },
    body,
  }),
};

const forgeries: Record<string, Mutation> = {
  "no key": withKey(""),
  "the key without SK-": withKey(secret.slice(3)),
  "the key and a line break": withKey(`${secret}\n`),
  "the client's id for a key": withKey("MCH-0001-10791114622547"),
  "signed as an answer": withComponent((component) =>
    component.replace("Request-Timestamp", "Response-Timestamp"),
  ),
  "signed for another path": withComponent((component, _parts, random) =>
    component.replace(
      target,
      random.pick(["/", `${target}/`, "/api/doku/inquiries", `${target}?x=1`, target.toUpperCase()]),
    ),
  ),
  "signed without a digest": withComponent((component) => component.replace(/\nDigest:.*$/, "")),
  "signed with a digest of text": withComponent((component, { body }) =>
    component.replace(/Digest:.*$/, `Digest:${createHash("sha256").update(body).digest("hex")}`),
  ),
  "signed with a line more": withComponent((component) => `${component}\n`),
  "signed with other line ends": withComponent((component) => component.replaceAll("\n", "\r\n")),
  "signed in another order": withComponent((component) => component.split("\n").reverse().join("\n")),
  "signed with another hash": forge(
    (parts, random) =>
      `HMACSHA256=${hmac(toComponent(parts), secret, random.pick(["sha1", "sha512", "md5"]))}`,
  ),
  "not keyed at all": forge(
    (parts) =>
      `HMACSHA256=${createHash("sha256")
        .update(toComponent(parts) + secret)
        .digest("base64")}`,
  ),
};

const mutations = [bodyMutations, headerMutations, forgeries].flatMap((group) => Object.entries(group));
export const mutationCount = mutations.length;
