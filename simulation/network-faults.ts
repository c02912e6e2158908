import type { DokuKeys } from "@/lib/doku/keys";
import type { Exchange } from "@/lib/doku/transport";
import type { sign as Sign } from "@/lib/doku/signature";
import type { Said } from "./doku-responses";
import type { Random } from "./random";

/** How a call can go wrong. `before`: DOKU never did what was asked; the others happen to its answer. */
const before = {
  unreachable: 2,
  "timeout before": 2,
  "503 before": 2,
  "429 before": 1,
  "408 before": 1,
  "404 before": 0,
} as const;
const after = {
  "timeout after": 5,
  "cut off after": 3,
  "500 after": 2,
  redirected: 1,
  unsigned: 1,
  "bad signature": 1,
  "too large": 1,
  html: 1,
} as const;
const spoilt = {
  garbage: 2,
  "other invoice": 1,
  "letters for a code": 1,
  "26 digits for a code": 1,
  "409 with an error": 1,
  "amount off by one": 1,
} as const;
const told = { refused: 3 } as const;

export type Trouble =
  "none" | keyof typeof before | keyof typeof after | keyof typeof spoilt | keyof typeof told;

export function drawTrouble(random: Random, likely: number, method: "POST" | "PATCH" | "GET"): Trouble {
  if (!random.chance(likely)) return "none";
  // Certain trouble is an outage: nothing gets through.
  if (likely >= 1) return random.weighted(before);
  if (method === "GET") return random.weighted({ ...before, ...after, "404 before": 3 });
  return random.weighted({ ...before, ...after, ...spoilt, ...told });
}

export const isBefore = (trouble: Trouble): boolean => trouble in before;

type Spoiling = {
  path: string;
  requestId: string;
  keys: DokuKeys;
  at: Date;
  trouble: Trouble;
  random: Random;
  sign: typeof Sign;
};

/** What arrives at our end of the wire of what DOKU said. */
export function spoil(said: Said, spoiling: Spoiling): Exchange {
  switch (spoiling.trouble) {
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
      return seal({ status: spoiling.trouble === "500 after" ? 500 : 503, body: {} }, spoiling);
    case "429 before":
      return seal({ status: 429, body: {} }, spoiling);
    case "408 before":
      return seal({ status: 408, body: {} }, spoiling);
    case "404 before":
      return seal({ status: 404, body: { error: { message: "not found" } } }, spoiling);
    case "redirected":
      return seal({ status: 302, body: {} }, spoiling);
    case "409 with an error":
      return seal({ status: 409, body: { error: { message: "different request data" } } }, spoiling);
    default:
      return seal(said, spoiling);
  }
}

function seal(said: Said, spoiling: Spoiling): Exchange {
  const { path, requestId, keys, at, trouble, sign } = spoiling;
  const text = trouble === "html" ? "<html>Bad gateway</html>" : JSON.stringify(twisted(said, trouble));
  const body = Buffer.from(text, "utf8");
  const timestamp = `${at.toISOString().slice(0, 19)}Z`;
  const parts = { clientId: keys.clientId, requestId, timestamp, target: path, body } as const;
  const secret = trouble === "bad signature" ? "SK-somebody-else" : keys.current;
  const headers: Record<string, string> = {
    "client-id": keys.clientId,
    "request-id": requestId,
    "response-timestamp": timestamp,
    signature: sign({ ...parts, stamp: "Response-Timestamp" }, secret),
  };
  if (trouble === "unsigned") delete headers.signature;
  return {
    outcome: "answered",
    httpStatus: said.status,
    header: (name) => headers[name.toLowerCase()],
    body,
  };
}

/** A signed answer that says something it should not. */
function twisted({ status, body }: Said, trouble: Trouble): unknown {
  if (status !== 200 && status !== 409) return body;
  const text = JSON.stringify(body);
  switch (trouble) {
    case "garbage":
      return {};
    case "other invoice":
      return JSON.parse(text.replace(/("invoice_number":")[^"]*/, "$1KB-000000-SOMEBODY"));
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
