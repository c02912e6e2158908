import type { DokuKeys } from "@/lib/doku/keys";
import type { Exchange } from "@/lib/http/transport";
import type { sign as Sign } from "@/lib/doku/signature";
import type { UnsignedResponse } from "./doku-responses";
import type { Random } from "./random";

/** How a call can fail. `beforeRequest`: DOKU did nothing; the others happen to its response. The numbers are weights. */
const beforeRequest = {
  unreachable: 2,
  "timeout before": 2,
  "503 before": 2,
  "429 before": 1,
  "408 before": 1,
  "404 before": 0,
} as const;
const afterRequest = {
  "timeout after": 5,
  "cut off after": 3,
  "500 after": 2,
  redirected: 1,
  unsigned: 1,
  "bad signature": 1,
  "too large": 1,
  html: 1,
} as const;
const corruptedResponse = {
  garbage: 2,
  "other invoice": 1,
  "letters for a code": 1,
  "26 digits for a code": 1,
  "409 with an error": 1,
  "amount off by one": 1,
} as const;
const refusals = { refused: 3 } as const;

export type NetworkFault =
  | "none"
  | keyof typeof beforeRequest
  | keyof typeof afterRequest
  | keyof typeof corruptedResponse
  | keyof typeof refusals;

export function drawFault(
  random: Random,
  probability: number,
  method: "POST" | "PATCH" | "GET",
): NetworkFault {
  if (!random.chance(probability)) return "none";
  // At probability 1 DOKU is down: nothing gets through.
  if (probability >= 1) return random.weighted(beforeRequest);
  if (method === "GET") return random.weighted({ ...beforeRequest, ...afterRequest, "404 before": 3 });
  return random.weighted({ ...beforeRequest, ...afterRequest, ...corruptedResponse, ...refusals });
}

export const isBeforeRequest = (fault: NetworkFault): boolean => fault in beforeRequest;

type FaultInput = {
  path: string;
  requestId: string;
  keys: DokuKeys;
  at: Date;
  fault: NetworkFault;
  random: Random;
  sign: typeof Sign;
};

/** What our client receives of DOKU's response. */
export function applyFault(response: UnsignedResponse, input: FaultInput): Exchange {
  switch (input.fault) {
    case "unreachable":
      return { outcome: "failed", because: "unreachable" };
    case "timeout before":
    case "timeout after":
      return { outcome: "failed", because: "timeout" };
    case "cut off after":
      return { outcome: "failed", because: "cut_off" };
    case "too large":
      return { outcome: "failed", because: "too_large" };
    case "503 before":
    case "500 after":
      return signResponse({ status: input.fault === "500 after" ? 500 : 503, body: {} }, input);
    case "429 before":
      return signResponse({ status: 429, body: {} }, input);
    case "408 before":
      return signResponse({ status: 408, body: {} }, input);
    case "404 before":
      return signResponse({ status: 404, body: { error: { message: "not found" } } }, input);
    case "redirected":
      return signResponse({ status: 302, body: {} }, input);
    case "409 with an error":
      return signResponse({ status: 409, body: { error: { message: "different request data" } } }, input);
    default:
      return signResponse(response, input);
  }
}

function signResponse(response: UnsignedResponse, input: FaultInput): Exchange {
  const { path, requestId, keys, at, fault, sign } = input;
  const text = fault === "html" ? "<html>Bad gateway</html>" : JSON.stringify(corruptBody(response, fault));
  const body = Buffer.from(text, "utf8");
  const timestamp = `${at.toISOString().slice(0, 19)}Z`;
  const parts = { clientId: keys.clientId, requestId, timestamp, target: path, body } as const;
  const secret = fault === "bad signature" ? "SK-of-another-merchant" : keys.current;
  const headers: Record<string, string> = {
    "client-id": keys.clientId,
    "request-id": requestId,
    "response-timestamp": timestamp,
    signature: sign({ ...parts, timestampHeader: "Response-Timestamp" }, secret),
  };
  if (fault === "unsigned") delete headers.signature;
  return {
    outcome: "answered",
    httpStatus: response.status,
    header: (name) => headers[name.toLowerCase()],
    body,
  };
}

/** The body of a signed response with something wrong in it. */
function corruptBody({ status, body }: UnsignedResponse, fault: NetworkFault): unknown {
  if (status !== 200 && status !== 409) return body;
  const text = JSON.stringify(body);
  switch (fault) {
    case "garbage":
      return {};
    case "other invoice":
      return JSON.parse(text.replace(/("invoice_number":")[^"]*/, "$1KB-000000-ANOTHER"));
    case "letters for a code":
      return JSON.parse(
        text.replace(/("payment_code":")[^"]*/, "$1ABC123").replace(/"url":"[^"]*"/, '"url":"x"'),
      );
    case "26 digits for a code":
      return JSON.parse(
        text
          .replace(/("payment_code":")[^"]*/, `$1${"7".repeat(26)}`)
          .replace(/"url":"[^"]*"/, '"url":"javascript:alert(1)"'),
      );
    case "amount off by one":
      return JSON.parse(
        text.replace(
          /("invoice_number":"[^"]*")(,"amount":\d+)?/,
          (_, invoice) => `${String(invoice)},"amount":1`,
        ),
      );
    default:
      return body;
  }
}
