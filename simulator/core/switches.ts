import { z } from "zod";
import { amountForms } from "./json";

type SwitchNote = { meaning: string; section: string; choices?: readonly string[] };
const notes = z.registry<SwitchNote>();

const flag = (initial: boolean, meaning: string, section: string) =>
  z.boolean().default(initial).register(notes, { meaning, section });
const count = (initial: number, meaning: string, section: string) =>
  z.number().int().nonnegative().default(initial).register(notes, { meaning, section });
function choice<const T extends readonly [string, ...string[]]>(
  choices: T,
  meaning: string,
  section: string,
) {
  const schema = z.string().default(choices[0]);
  return schema.pipe(z.enum(choices)).register(notes, { meaning: `${meaning}`, section, choices });
}

/**
 * What DOKU's documents leave open or contradict (docs/doku-protocol.md#13-contradictions), and what a checkout must
 * survive either way. The default is that page's assumption; for a choice it is the first one.
 */
export const Switches = z.strictObject({
  clock_skew_window: flag(false, "A Request-Timestamp more than 5 minutes off is refused.", "1.2"),
  wire_time: choice(
    ["simulator", "real"],
    "Which clock header timestamps follow: the movable one or the machine's.",
    "12",
  ),
  error_answers_signed: flag(true, "Error answers carry Response-Timestamp and Signature.", "2.3"),
  invalid_signature_status: choice(["401", "403", "400"], "Status of a refused signature.", "10.2"),
  indomaret_timestamp_header: choice(
    ["Response-Timestamp", "Request-Timestamp"],
    "Header that carries the response time at Indomaret (a slip in its page).",
    "13 row 10",
  ),
  replay_status: choice(["409", "200"], "Status of a replayed answer (same Request-Id, same body).", "3"),
  replay_4xx: flag(true, "A first answer of 4xx is replayed; off: the request is judged again.", "3"),
  replay_needs_same_timestamp: flag(false, "A retry with a new timestamp counts as different data.", "3"),
  request_ids_kept_seconds: count(0, "How long a Request-Id is remembered; 0 keeps it for ever.", "3"),
  duplicate_invoice: choice(
    ["refuse_400", "refuse_409", "first_answer_200"],
    "Known invoice under a new Request-Id.",
    "3",
  ),
  alfa_alias_path: flag(true, "/alfa-virtual-account/v2/payment-code is served too.", "13 row 1"),
  mgpc_path: flag(true, "/alfa-online-to-offline/v2/merchant-payment-code is served.", "4.3"),
  reusable_status_mandatory: flag(false, "A create call without reusable_status is refused.", "13 row 7"),
  indomaret_description_mandatory: flag(true, "indomaret_info.receipt.description must be sent.", "5"),
  indomaret_settlement_refused: flag(false, "Split settlement at Indomaret is refused.", "13 row 27"),
  refuse_unknown_fields: flag(false, "A field the channel does not know is 'Invalid JSON Format'.", "10.2"),
  minimum_amount: count(0, "Smallest amount of a create call; 0 is no limit.", "14"),
  maximum_amount: count(0, "Largest amount of a create call; 0 is no limit.", "14"),
  bad_override: choice(
    ["refuse", "fall_back"],
    "Override URL with another path: refused, or notified at the configured URL.",
    "8.6",
  ),
  override_echo: flag(true, "The override URL is echoed in the create answer.", "4.2"),
  code_dates: choice(
    ["both", "utc_only", "wib_only", "none"],
    "Which date fields create answers carry.",
    "4.2",
  ),
  how_to_pay_links: flag(true, "Create answers carry how_to_pay_page and how_to_pay_api.", "7"),
  patch_digest: choice(["required", "optional", "absent"], "Digest line in the signature of a PATCH.", "2.2"),
  patch_paths: choice(
    ["both", "payment_code", "merchant_payment_code"],
    "Alfa paths that take a PATCH.",
    "4.4",
  ),
  patch_closed_refused: flag(true, "PATCH on a paid, deleted or expired code is refused.", "4.4"),
  patch_expiry_from: choice(["patch", "creation"], "From when expired_time of a PATCH counts.", "4.4"),
  indodana_email_16: flag(false, "An e-mail longer than 16 characters is refused.", "13 row 13"),
  indodana_phone_62: flag(false, "A phone number that does not start with 62 is refused.", "13 row 15"),
  unknown_categories: flag(false, "Line items with unknown categories are accepted.", "13 row 16"),
  unique_reference_refused: flag(true, "merchant_unique_reference of another invoice is refused.", "6.1"),
  paylater_cancel: choice(
    ["silent", "failed_notification"],
    "Cancel on a paylater page: nothing is notified, or FAILED.",
    "6.3",
  ),
  paylater_callback_parameters: flag(false, "The lender adds query parameters to the callback URLs.", "6.3"),
  paylater_ids: choice(
    ["documented", "other"],
    "service, acquirer and channel ids of paylater notifications.",
    "8.3",
  ),
  indomaret_identifiers: choice(["agent", "other", "none"], "Names of Indomaret's identifiers.", "8.3"),
  notification_ids: flag(true, "Notifications carry service, acquirer and channel.", "8.4"),
  notification_additional_info: flag(true, "Notifications echo additional_info.", "8.4"),
  notification_amount: choice(amountForms, "Form of amounts in notifications.", "8.4"),
  notification_pretty_printed: flag(false, "Notifications are pretty printed, and signed so.", "2.1"),
  identifier_misspelt: flag(false, "The identifier list is sent as `identifer`.", "8.4"),
  notification_timeout_ms: count(10_000, "How long the merchant may take to acknowledge.", "8.1"),
  retry_keeps_request_id: flag(true, "An automatic retry keeps the Request-Id.", "8.5"),
  retry_refreshes_timestamp: flag(true, "An automatic retry has a new Request-Timestamp.", "8.5"),
  retry_changes_identifiers: flag(false, "A retry carries other acquirer identifiers.", "8.5"),
  manual_retry_new_request_id: flag(true, "A manual retry makes a new Request-Id.", "8.5"),
  third_retry: choice(["12h", "17h30"], "When the third automatic retry comes.", "13 row 19"),
  inquiry_timeout_ms: count(5_000, "How long the merchant may take to answer an inquiry.", "4.5"),
  inquiry_code_number: flag(false, "payment_code of an inquiry is a JSON number.", "13 row 12"),
  status_fresh_404_seconds: count(0, "Check Status answers 404 for a code younger than this.", "9"),
  status_by_request_id: flag(true, "Check Status finds a payment by its Request-Id too.", "9"),
  status_amount: choice(amountForms, "Form of amounts in Check Status.", "9"),
  status_original_request_id: choice(
    ["request_id", "invoice_number"],
    "What original_request_id holds in Check Status.",
    "9",
  ),
  status_of_deleted: choice(
    ["EXPIRED", "PENDING", "FAILED", "not_found"],
    "What Check Status says of a deleted code.",
    "9",
  ),
  expire_job_delay_seconds: count(0, "Check Status says PENDING this long after expired_date.", "9"),
  till_grace_seconds: count(0, "The till takes a code this long after expired_date.", "9"),
});
export type Switches = z.infer<typeof Switches>;

export type SwitchRow = { id: string; value: unknown; initial: unknown } & SwitchNote;

export const initialSwitches = (): Switches => Switches.parse({});

/** For the page and the control API: every switch with its value, default and meaning. */
export function listSwitches(current: Switches): SwitchRow[] {
  const values = new Map<string, unknown>(Object.entries(current));
  const initials = new Map<string, unknown>(Object.entries(initialSwitches()));
  return Object.entries(Switches.shape).map(([id, schema]) => ({
    id,
    value: values.get(id),
    initial: initials.get(id),
    ...(notes.get(schema) ?? { meaning: "", section: "" }),
  }));
}
