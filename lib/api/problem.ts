import { z } from "zod";

/** Every error of the API: its stable word, its HTTP status and its title. The page at `type` explains each. */
const kinds = {
  invalid_json: [400, "The body is not JSON"],
  invalid_request: [400, "Something in the request is missing, unknown or wrong"],
  invalid_idempotency_key: [400, "The Idempotency-Key is not 1 to 255 printable characters"],
  missing_key: [401, "There is no API key"],
  invalid_key: [401, "The API key is not valid"],
  wrong_environment: [401, "The API key belongs to the other environment"],
  missing_scope: [403, "The API key may not do this"],
  not_found: [404, "There is no such thing"],
  reference_in_use: [409, "An open session has this reference"],
  request_in_progress: [409, "The same request is still running"],
  not_possible: [409, "The state does not allow this"],
  too_large: [413, "The body is too large"],
  wrong_content_type: [415, "The body is of another type than this call takes"],
  amount_mismatch: [422, "The line items do not add up to the amount"],
  no_channel_fits: [422, "No channel takes this order"],
  channel_not_available: [422, "This channel does not take this order"],
  incomplete_customer: [422, "The channel needs more about the customer"],
  address_not_allowed: [422, "This address is not allowed"],
  expires_at_out_of_range: [422, "The session would end too early or too late"],
  change_not_allowed: [422, "The change does not fit this payment"],
  idempotency_key_reused: [422, "The Idempotency-Key was used for another request"],
  not_switched_on: [422, "This is not switched on for this shop"],
  code_taken: [409, "An open bill has this code"],
  refused_by_gateway: [422, "DOKU refused the request"],
  rate_limited: [429, "Too many requests"],
  internal_error: [500, "Something went wrong on this side"],
  unavailable: [503, "The service is not available for a moment"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof kinds;
export const problemCodes = Object.keys(kinds) as ProblemCode[];

/** `pointer`: RFC 6901, into the body; into the query `?name`. */
export const ProblemResource = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodes as [ProblemCode, ...ProblemCode[]]),
    detail: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    request_id: z.string().optional(),
    gateway: z
      .object({ code: z.string().nullable(), message: z.string().nullable() })
      .optional()
      .meta({ description: "What DOKU said." }),
    checkout_session: z.string().optional().meta({ description: "The session that is in the way." }),
  })
  .meta({ id: "Problem", description: "RFC 9457." });
export type ProblemResource = z.infer<typeof ProblemResource>;

export type FieldError = { pointer: string; detail: string };

export type ProblemDetails = Pick<ProblemResource, "detail" | "errors" | "gateway" | "checkout_session">;

/** An answer that is an error. Thrown by nothing: operations return outcomes, and the route says which problem that is. */
export type Problem = { problem: ProblemCode; details: ProblemDetails; headers?: Record<string, string> };

export const toProblem = (
  problem: ProblemCode,
  details: ProblemDetails = {},
  headers?: Record<string, string>,
): Problem => ({ problem, details, ...(headers && { headers }) });

export const getProblemStatus = (code: ProblemCode): number => kinds[code][0];

export const getProblemTitle = (code: ProblemCode): string => kinds[code][1];

/** @param docsUrl the page that explains all problems, for `type` */
export function toProblemResource(
  { problem, details }: Problem,
  { docsUrl, requestId }: { docsUrl: string; requestId: string | undefined },
): ProblemResource {
  const [status, title] = kinds[problem];
  return {
    type: `${docsUrl}#${problem}`,
    title,
    status,
    code: problem,
    ...details,
    ...(requestId !== undefined && { request_id: requestId }),
  };
}

/** What zod found, with a JSON pointer for each member. An unknown member is named itself, not the object around it. */
export function toFieldErrors(error: z.ZodError, toPointer = toJsonPointer): FieldError[] {
  return error.issues.slice(0, 50).flatMap((issue): FieldError[] => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.slice(0, 20).map((key) => ({
        pointer: toPointer([...issue.path, key]),
        detail: "is not a member of this request",
      }));
    return [{ pointer: toPointer(issue.path), detail: describeIssue(issue) }];
  });
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom" && issue.message === "not_an_indonesian_phone")
    return "is no Indonesian phone number";
  const isMissing = issue.code === "invalid_type" && issue.input === undefined;
  return isMissing ? "is missing" : issue.message;
}

/** RFC 6901. */
export const toJsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

export const toQueryPointer = (path: readonly PropertyKey[]): string => `?${path.map(String).join(".")}`;
