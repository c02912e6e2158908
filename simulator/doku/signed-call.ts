import { objectOf, parseJson } from "../core/json";
import { wireTimestamp, type World } from "../core/world";
import type { Answer, Received } from "../wire/http";
import { digestOf, isSigned, sign, type SignedParts } from "../wire/signature";
import { invalidParameter, refusal } from "./refusal";

const REQUEST_ID_LIMIT = 128;
const SKEW_WINDOW_MS = 5 * 60 * 1000;
const UTC_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

function headerFault(world: World, call: Received): Answer | undefined {
  for (const name of ["Client-Id", "Request-Id", "Request-Timestamp", "Signature"]) {
    if (!call.headers[name.toLowerCase()]) return invalidParameter(`${name} header is mandatory`);
  }
  const {
    "client-id": clientId,
    "request-id": requestId = "",
    "request-timestamp": stamp = "",
  } = call.headers;
  if (clientId !== world.settings.clientId) return refusal(401, "invalid_client_id", "Invalid Client-Id");
  if (requestId.length > REQUEST_ID_LIMIT) return invalidParameter("Request-Id is too long");
  const at = UTC_SECONDS.test(stamp) ? Date.parse(stamp) : Number.NaN;
  if (Number.isNaN(at)) return invalidParameter("Invalid Request-Timestamp");
  const clock = Date.parse(wireTimestamp(world));
  if (world.state.switches.clock_skew_window && Math.abs(at - clock) > SKEW_WINDOW_MS) {
    return invalidParameter("Request-Timestamp is out of range");
  }
  return undefined;
}

/** The digests a signature may cover: none for a GET; for a PATCH the documents leave it open (protocol 2.2). */
function allowedDigests(world: World, call: Received): (string | undefined)[] {
  if (call.method === "GET") return [undefined];
  const digest = digestOf(call.body);
  if (call.method !== "PATCH" || world.state.switches.patch_digest === "required") return [digest];
  return world.state.switches.patch_digest === "absent" ? [undefined] : [digest, undefined];
}

/** Headers, then signature over the raw bytes and the path as received; undefined when all is well. */
export function refuseUnsigned(world: World, call: Received): Answer | undefined {
  const fault = headerFault(world, call);
  if (fault) return fault;
  const signature = call.headers.signature ?? "";
  const parts: Omit<SignedParts, "digest"> = {
    clientId: call.headers["client-id"] ?? "",
    requestId: call.headers["request-id"] ?? "",
    label: "Request-Timestamp",
    timestamp: call.headers["request-timestamp"] ?? "",
    target: call.path,
  };
  const right = allowedDigests(world, call).some((digest) =>
    isSigned({ ...parts, digest }, world.settings.secretKey, signature),
  );
  if (right) return undefined;
  return refusal(
    Number(world.state.switches.invalid_signature_status),
    "invalid_signature",
    "Invalid Header Signature",
  );
}

/** By the body, since a 409 may carry a success (protocol 3). */
const isRefusal = (answer: Answer): boolean =>
  answer.status >= 400 && objectOf(parseJson(answer.body.toString())).error !== undefined;

export type Sealing = "right" | "wrong" | "none";

/** Response headers (protocol 1.2), over the answer's bytes and the path the merchant called (2.2 b and f). */
export function sealAnswer(world: World, call: Received, answer: Answer, sealing: Sealing = "right"): Answer {
  const requestId = call.headers["request-id"] ?? "";
  const unsignedError = isRefusal(answer) && !world.state.switches.error_answers_signed;
  if (sealing === "none" || unsignedError || requestId === "") return answer;
  const parts: SignedParts = {
    clientId: world.settings.clientId,
    requestId,
    label: "Response-Timestamp",
    timestamp: wireTimestamp(world),
    target: call.path,
    digest: digestOf(answer.body),
  };
  const key = sealing === "wrong" ? `${world.settings.secretKey}-wrong` : world.settings.secretKey;
  const slip = call.path.startsWith("/indomaret-") && world.state.switches.indomaret_timestamp_header;
  const headers = {
    "Client-Id": parts.clientId,
    "Request-Id": requestId,
    [slip || "Response-Timestamp"]: parts.timestamp,
    Signature: sign(parts, key),
  };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
