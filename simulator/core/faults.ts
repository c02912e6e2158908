import { z } from "zod";

export const FaultKind = z.enum([
  "cut_before",
  "http_500",
  "http_503",
  "http_429",
  "redirect",
  "html_error",
  "conflict_other_body",
  "refuse",
  "payment_failed",
  "expires_in_seconds",
  "notify_before_answer",
  "slow",
  "timeout_after_commit",
  "lost_answer",
  "malformed_json",
  "bad_response_signature",
  "missing_response_signature",
  "other_invoice",
  "non_numeric_code",
  "status_404",
  "status_500",
  "status_slow",
  "status_bad_signature",
  "late",
  "twice",
  "three_times_at_once",
  "out_of_order",
  "wrong_amount",
  "bad_signature",
  "tampered_body",
  "pretty_printed",
  "never",
  "new_request_id_each_time",
  "inquiry_bad_signature",
  "pay_after_expiry",
  "pay_after_delete",
  "pay_again",
  "how_to_pay_500",
  "how_to_pay_hostile",
]);
export type FaultKind = z.infer<typeof FaultKind>;

export const FaultStage = z.enum(["create", "change", "status", "notification", "till", "how_to_pay"]);
export type FaultStage = z.infer<typeof FaultStage>;

export type FaultNote = { stage: FaultStage; meaning: string; parameters?: string };

const create = (meaning: string, parameters?: string): FaultNote => ({
  stage: "create",
  meaning,
  ...(parameters ? { parameters } : {}),
});
const notification = (meaning: string, parameters?: string): FaultNote => ({
  ...create(meaning, parameters),
  stage: "notification",
});

/** Faults of the stage `create` can be aimed at a PATCH instead with `"on": "change"`. */
export const faultNotes: Record<FaultKind, FaultNote> = {
  cut_before: create("The connection is cut before anything happens."),
  http_500: create("500 with DOKU's envelope; nothing happened."),
  http_503: create("503 with DOKU's envelope; nothing happened."),
  http_429: create("429 with DOKU's envelope; nothing happened."),
  redirect: create("302 to another place; nothing happened.", "location"),
  html_error: create("502 with an HTML page, unsigned; nothing happened."),
  conflict_other_body: create("409 'different request data'; nothing happened."),
  refuse: create("400 with a code and a message; nothing happened.", "code, message, status"),
  payment_failed: create("Paylater: 200 with payment.status FAILED."),
  expires_in_seconds: create("The real expiry is this near, and the dates say so.", "seconds"),
  notify_before_answer: create("Paid, notified and acknowledged before the create answer leaves."),
  slow: create("Done at once, answered late.", "ms"),
  timeout_after_commit: create("Done, then never answered, or only after `ms`.", "ms"),
  lost_answer: create("Done, then the connection is cut."),
  malformed_json: create("Done; the answer is half a JSON text. A retry gets the whole."),
  bad_response_signature: create("Done; the answer is signed wrongly."),
  missing_response_signature: create("Done; the answer is not signed."),
  other_invoice: create("Done; the answer names another invoice. A retry gets the right one."),
  non_numeric_code: create("Done; the answer holds a code that is not digits. A retry gets the right one."),
  status_404: { stage: "status", meaning: "Check Status: 404." },
  status_500: { stage: "status", meaning: "Check Status: 500." },
  status_slow: { stage: "status", meaning: "Check Status answers late.", parameters: "ms" },
  status_bad_signature: { stage: "status", meaning: "Check Status: answer signed wrongly." },
  late: notification("First delivery comes late, on the simulator's clock.", "ms"),
  twice: notification("Delivered twice, one after the other."),
  three_times_at_once: notification("Delivered three times at the same moment."),
  out_of_order: notification("SUCCESS comes first, then a FAILED that is older."),
  wrong_amount: notification("Names another amount.", "amount, delta"),
  bad_signature: notification("Signed with another key."),
  tampered_body: notification("Body changed after signing."),
  pretty_printed: notification("Pretty printed, and signed so: valid."),
  never: notification("Not sent; retries follow the schedule unless `forever`.", "forever"),
  new_request_id_each_time: notification("Every delivery has its own Request-Id."),
  inquiry_bad_signature: {
    stage: "till",
    meaning: "The inquiry to the merchant is signed with another key.",
  },
  pay_after_expiry: { stage: "till", meaning: "An expired code or order can be paid." },
  pay_after_delete: { stage: "till", meaning: "A cancelled code can be paid: the cancel lost the race." },
  pay_again: { stage: "till", meaning: "A paid single-use code can be paid once more." },
  how_to_pay_500: { stage: "how_to_pay", meaning: "The how-to-pay API answers 500." },
  how_to_pay_hostile: { stage: "how_to_pay", meaning: "The steps hold script and markup." },
};

export const FaultRequest = z.strictObject({
  kind: FaultKind,
  customer: z.string().min(1).optional(),
  invoice: z.string().min(1).optional(),
  /** the id of a channel, or "any" */
  channel: z.string().optional(),
  on: z.enum(["create", "change"]).optional(),
  times: z.number().int().positive().optional(),
  ms: z.number().int().nonnegative().optional(),
  seconds: z.number().int().optional(),
  status: z.number().int().min(400).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  location: z.string().optional(),
  amount: z.number().int().positive().optional(),
  delta: z.number().int().optional(),
  forever: z.boolean().optional(),
});
export type FaultRequest = z.infer<typeof FaultRequest>;

/** `left` counts down where `times` was given; without it the fault stays until it is removed. */
export const Fault = FaultRequest.extend({
  id: z.string(),
  left: z.number().int().nullable(),
  used: z.number().int(),
});
export type Fault = z.infer<typeof Fault>;

/** The call or payment to which a fault may apply. An unknown part is empty and matches only faults that do not name it. */
export type FaultSubject = { invoice: string; customer: string; channel: string };

export const getFaultStage = (fault: FaultRequest): FaultStage => fault.on ?? faultNotes[fault.kind].stage;

export function matchesFault(fault: FaultRequest, subject: FaultSubject): boolean {
  if (fault.customer !== undefined && fault.customer !== subject.customer) return false;
  if (fault.invoice !== undefined && fault.invoice !== subject.invoice) return false;
  return fault.channel === undefined || fault.channel === "any" || fault.channel === subject.channel;
}
