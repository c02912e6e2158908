// Messages that nobody at DOKU sent: each one a valid message with one thing wrong, or signed in a wrong way with the
// right key. A mutant is { how, headers: [name, value][], body }; none of them may ever be taken.
import { createHash } from "node:crypto";
import { bodies, flipBit } from "./mutant-bodies";
import { componentOf, hmac, secret, signatureOf, target } from "./messages";

const signed = ["client-id", "request-id", "request-timestamp", "signature"];

/** One mutant of a valid message; by chance the same as the original, which the caller passes over. */
export function mutantOf(message, random) {
  const [how, change] = random.pick(changes);
  const made = change({ headers: { ...message.headers }, body: Buffer.from(message.body) }, random);
  return { how, headers: made.headers, body: Buffer.from(made.body) };
}

export const isSame = (mutant, { headers, body }) =>
  signed.every((name) => mutant.headers[name] === headers[name]) && mutant.body.equals(Buffer.from(body));

const ofHeader = (name, change) => (message, random) => {
  const headers = { ...message.headers };
  const value = change(headers[name], random, message);
  if (value === undefined) delete headers[name];
  else headers[name] = value;
  return { ...message, headers };
};
/** Signed by somebody who knows the key and signs something else, or who does not know it. */
const forged = (sign) => (message, random) => {
  const { headers, body } = message;
  const [clientId, requestId, timestamp] = signed.map((name) => headers[name]);
  const signature = sign({ clientId, requestId, timestamp, target, body }, random);
  return { ...message, headers: { ...headers, signature } };
};
const withKey = (key) => forged((parts) => signatureOf(parts, key));
const over = (rewrite) =>
  forged((parts, random) => `HMACSHA256=${hmac(rewrite(componentOf(parts), parts, random), secret)}`);

const flipText = (text, random) => {
  const at = random.below(text.length);
  return `${text.slice(0, at)}${String.fromCharCode(33 + random.below(94))}${text.slice(at + 1)}`;
};

const ofId = (change) => ofHeader("request-id", change);
const ofSignature = (change) => ofHeader("signature", change);
const headers = {
  "a header gone": (message, random) => ofHeader(random.pick(signed), () => undefined)(message, random),
  "a header empty": (message, random) => ofHeader(random.pick(signed), () => "")(message, random),
  "a letter changed": (message, random) => ofHeader(random.pick(signed), flipText)(message, random),
  "a header doubled": (message, random) =>
    ofHeader(random.pick(signed), (value) => `${value}, ${value}`)(message, random),
  "a header very long": (message, random) =>
    ofHeader(random.pick(signed), (value) => value + "x".repeat(random.between(100, 4000)))(message, random),
  "letters that are not ASCII": (message, random) =>
    ofHeader(random.pick(signed), (value) => `${value}${random.pick(["\u00e9", "\u00a0", "\u00ff"])}`)(
      message,
      random,
    ),
  "another client": ofHeader("client-id", (value, random) =>
    random.pick([value.toLowerCase(), `${value}0`, value.slice(0, -1), "MCH-0002-1", "*", "null"]),
  ),
  "another Request-Id": ofId((value, random) =>
    random.pick([value.toUpperCase(), `${value}-`, flipText(value, random)]),
  ),
  "another time": ofHeader("request-timestamp", (value, random) =>
    random.pick([
      value.replace("Z", "+00:00"),
      value.replace("T", " "),
      "1970-01-01T00:00:00Z",
      String(Date.now()),
    ]),
  ),
  "a signature's bit flipped": ofSignature(
    (value, random) =>
      `HMACSHA256=${flipBit(Buffer.from(value.slice(11), "base64"), random).toString("base64")}`,
  ),
  "a signature cut short": ofSignature((value, random) => value.slice(0, 11 + random.below(44))),
  "a signature's spare bits": ofSignature((value) =>
    value.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`),
  ),
  "a signature in another alphabet": ofSignature(
    (value) => `HMACSHA256=${Buffer.from(value.slice(11), "base64").toString("base64url")}`,
  ),
  "a signature in hexadecimal": ofSignature(
    (value) => `HMACSHA256=${Buffer.from(value.slice(11), "base64").toString("hex")}`,
  ),
  "a signature with another name": ofSignature((value, random) =>
    value.replace(
      "HMACSHA256",
      random.pick(["hmacsha256", "HMACSHA512", "HMACSHA1", "none", "", "HMACSHA256=HMACSHA256"]),
    ),
  ),
  "a signature of nothing": ofSignature((_value, random) =>
    random.pick([
      "HMACSHA256=",
      `HMACSHA256=${"A".repeat(43)}=`,
      "null",
      "HMACSHA256",
      "HMACSHA256=undefined",
    ]),
  ),
  "two headers changed about": ({ headers, body }) => ({
    headers: {
      ...headers,
      "request-id": headers["request-timestamp"],
      "request-timestamp": headers["request-id"],
    },
    body,
  }),
};

const forgeries = {
  "no key": withKey(""),
  "the key without SK-": withKey(secret.slice(3)),
  "the key and a line break": withKey(`${secret}\n`),
  "the client's id for a key": withKey("MCH-0001-10791114622547"),
  "signed as an answer": over((component) => component.replace("Request-Timestamp", "Response-Timestamp")),
  "signed for another path": over((component, _parts, random) =>
    component.replace(
      target,
      random.pick(["/", `${target}/`, "/api/doku/inquiries", `${target}?x=1`, target.toUpperCase()]),
    ),
  ),
  "signed without a digest": over((component) => component.replace(/\nDigest:.*$/, "")),
  "signed with a digest of text": over((component, { body }) =>
    component.replace(/Digest:.*$/, `Digest:${createHash("sha256").update(body).digest("hex")}`),
  ),
  "signed with a line more": over((component) => `${component}\n`),
  "signed with other line ends": over((component) => component.replaceAll("\n", "\r\n")),
  "signed in another order": over((component) => component.split("\n").reverse().join("\n")),
  "signed with another hash": forged(
    (parts, random) =>
      `HMACSHA256=${hmac(componentOf(parts), secret, random.pick(["sha1", "sha512", "md5"]))}`,
  ),
  "not keyed at all": forged(
    (parts) =>
      `HMACSHA256=${createHash("sha256")
        .update(componentOf(parts) + secret)
        .digest("base64")}`,
  ),
};

const changes = [bodies, headers, forgeries].flatMap((group) => Object.entries(group));
export const kindsOfMutants = changes.length;
