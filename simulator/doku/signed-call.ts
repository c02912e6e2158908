import { findChannelByPath } from "../channels/list";
import { asObject, parseJson } from "../core/json";
import { wireTimestamp, type Sandbox } from "../core/sandbox";
import type { Answer, ReceivedCall } from "../wire/call";
import { computeDigest, verifySignature, sign, type SignedParts } from "../wire/signature";
import { invalidParameter, refusal } from "./refusal";

const REQUEST_ID_LIMIT = 128;
const SKEW_WINDOW_MS = 5 * 60 * 1000;
const UTC_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

function refuseBadHeader(sandbox: Sandbox, call: ReceivedCall): Answer | undefined {
  for (const name of ["Client-Id", "Request-Id", "Request-Timestamp", "Signature"]) {
    if (!call.headers[name.toLowerCase()]) return invalidParameter(`${name} header is mandatory`);
  }
  const {
    "client-id": clientId,
    "request-id": requestId = "",
    "request-timestamp": stamp = "",
  } = call.headers;
  if (clientId !== sandbox.settings.clientId) return refusal(401, "invalid_client_id", "Invalid Client-Id");
  if (requestId.length > REQUEST_ID_LIMIT) return invalidParameter("Request-Id is too long");
  const at = UTC_SECONDS.test(stamp) ? Date.parse(stamp) : Number.NaN;
  if (Number.isNaN(at)) return invalidParameter("Invalid Request-Timestamp");
  const clock = Date.parse(wireTimestamp(sandbox));
  if (sandbox.state.switches.clock_skew_window && Math.abs(at - clock) > SKEW_WINDOW_MS) {
    return invalidParameter("Request-Timestamp is out of range");
  }
  return undefined;
}

/** The digests a signature may cover: none for a GET; for a PATCH the documents leave it open (protocol 2.2). */
function allowedDigests(sandbox: Sandbox, call: ReceivedCall): (string | undefined)[] {
  if (call.method === "GET") return [undefined];
  const digest = computeDigest(call.body);
  if (call.method !== "PATCH" || sandbox.state.switches.patch_digest === "required") return [digest];
  return sandbox.state.switches.patch_digest === "absent" ? [undefined] : [digest, undefined];
}

/** Checks headers, then the signature over the raw bytes and the path as received; undefined when both are right. */
export function refuseBadSignature(sandbox: Sandbox, call: ReceivedCall): Answer | undefined {
  const fault = refuseBadHeader(sandbox, call);
  if (fault) return fault;
  const signature = call.headers.signature ?? "";
  const parts: Omit<SignedParts, "digest"> = {
    clientId: call.headers["client-id"] ?? "",
    requestId: call.headers["request-id"] ?? "",
    label: "Request-Timestamp",
    timestamp: call.headers["request-timestamp"] ?? "",
    target: call.path,
  };
  const right = allowedDigests(sandbox, call).some((digest) =>
    verifySignature({ ...parts, digest }, sandbox.settings.secretKey, signature),
  );
  if (right) return undefined;
  return refusal(
    Number(sandbox.state.switches.invalid_signature_status),
    "invalid_signature",
    "Invalid Header Signature",
  );
}

/** By the body, since a 409 may carry a success (protocol 3). */
const isRefusal = (answer: Answer): boolean =>
  answer.status >= 400 && asObject(parseJson(answer.body.toString())).error !== undefined;

export type SigningMode = "right" | "wrong" | "none";

/** Response headers (protocol 1.2), over the answer's bytes and the path the merchant called (2.2 b and f). */
export function signAnswer(
  sandbox: Sandbox,
  call: ReceivedCall,
  answer: Answer,
  signing: SigningMode = "right",
): Answer {
  const requestId = call.headers["request-id"] ?? "";
  const unsignedError = isRefusal(answer) && !sandbox.state.switches.error_answers_signed;
  if (signing === "none" || unsignedError || requestId === "") return answer;
  const parts: SignedParts = {
    clientId: sandbox.settings.clientId,
    requestId,
    label: "Response-Timestamp",
    timestamp: wireTimestamp(sandbox),
    target: call.path,
    digest: computeDigest(answer.body),
  };
  const key = signing === "wrong" ? `${sandbox.settings.secretKey}-wrong` : sandbox.settings.secretKey;
  const timestampHeader = findChannelByPath(call.path)?.timestampHeader?.(sandbox.state.switches);
  const headers = {
    "Client-Id": parts.clientId,
    "Request-Id": requestId,
    [timestampHeader ?? "Response-Timestamp"]: parts.timestamp,
    Signature: sign(parts, key),
  };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
