import "server-only";
import type { Db } from "@/db/database";
import { createSignInLimit } from "../auth/sign-in-limit";
import type { SignInLimit } from "../auth/sign-in-limit";
import { log } from "../log";
import type { Settings } from "../env/settings";
import { createApiCallLimit } from "./api-call-limit";
import type { ApiCallLimit } from "./api-call-limit";
import { createSharedLimit } from "./shared-limit";
import type { Allowance, SharedLimit } from "./shared-limit";

/**
 * Limits for clients, counted by all processes on one database together (docs/reliability.md#limits-for-each-client).
 */
export type Limits = {
  orders: SharedLimit;
  payments: SharedLimit;
  /** Answers that prove to know an order, by order and by client. */
  proofs: SharedLimit;
  /** Claims of shoppers that they have paid, by order and by client. */
  claims: SharedLimit;
  /** Inquiries, by payment code; undefined for any number. */
  inquiries: SharedLimit | undefined;
  signIn: SignInLimit;
  apiCalls: ApiCallLimit;
};

type Numbers = Pick<
  Settings,
  "ordersPerMinute" | "paymentsPerMinute" | "paymentsPerHour" | "inquiriesPerMinute" | "apiCallsPerMinute"
>;

/** The longest window of any limit. */
export const longestWindowMs = 3600_000;

/** Create it once in a process: each limit also remembers in memory who is refused. */
export function createLimits(db: Db, numbers: Numbers): Limits {
  const limit = (name: string, ...allowances: Allowance[]) =>
    createSharedLimit({
      db,
      name,
      allowances,
      // A limit protects against abuse; it must not stop a payment when counting fails.
      onFailure: (error) => log("warn", "limit_not_counted", { limit: name, error }),
    });
  return {
    orders: limit("orders", { maxEvents: numbers.ordersPerMinute, seconds: 60 }),
    payments: limit(
      "payments",
      { maxEvents: numbers.paymentsPerMinute, seconds: 60 },
      { maxEvents: numbers.paymentsPerHour, seconds: 3600 },
    ),
    proofs: limit("proofs", { maxEvents: 5, seconds: 3600 }),
    claims: limit("claims", { maxEvents: 10, seconds: 3600 }),
    inquiries:
      numbers.inquiriesPerMinute > 0
        ? limit("inquiries", { maxEvents: numbers.inquiriesPerMinute, seconds: 60 })
        : undefined,
    signIn: createSignInLimit(db),
    apiCalls: createApiCallLimit(db, limit("api", { maxEvents: numbers.apiCallsPerMinute, seconds: 60 })),
  };
}
