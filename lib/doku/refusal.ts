/** What DOKU objects to, by its error text and its HTTP status (docs/doku-protocol.md#102-codes). */
export const refusalKinds = [
  "invalid_signature",
  "invalid_client",
  "not_active",
  "invoice_used",
  "other_data",
  "unreadable_body",
  "invalid_parameter",
  "wrong_path",
  "not_found",
  "too_many",
  "maintenance",
  "server",
] as const;
export type RefusalKind = (typeof refusalKinds)[number];

type RefusedAnswer = {
  httpStatus?: number | undefined;
  code?: string | undefined;
  message?: string | undefined;
};

/**
 * Error texts say more than a status, so they come first. They were seen in several letter cases, with blanks and with
 * underscores. Specific patterns stand before general ones.
 */
const patterns: readonly [RegExp, RefusalKind][] = [
  [/invalid (header )?signature|signature (is )?(invalid|not match)/, "invalid_signature"],
  [/invalid client|client ?id (is )?(invalid|not found)|unknown client/, "invalid_client"],
  [/(merchant|channel|service|account) (is )?(not active|inactive)/, "not_active"],
  [/invoice (number )?(is )?already used|duplicate invoice/, "invoice_used"],
  [/different request data/, "other_data"],
  [/invalid json/, "unreadable_body"],
  [/no static resource/, "wrong_path"],
  [/transaction not found/, "not_found"],
  [/invalid parameter|invalid (mandatory )?field/, "invalid_parameter"],
  [/maintenance/, "maintenance"],
];

const kindByStatus: Record<number, RefusalKind> = {
  401: "invalid_client",
  403: "not_active",
  404: "wrong_path",
  409: "other_data",
  422: "invalid_parameter",
  429: "too_many",
  503: "maintenance",
};

/** Finds the kind of a refusal; undefined when neither its text nor its status is known. */
export function findRefusalKind({ httpStatus, code, message }: RefusedAnswer): RefusalKind | undefined {
  const text = `${code ?? ""} ${message ?? ""}`.toLowerCase().replaceAll(/[_-]+/g, " ");
  const byText = patterns.find(([pattern]) => pattern.test(text))?.[1];
  if (byText) return byText;
  if (httpStatus === undefined) return undefined;
  return kindByStatus[httpStatus] ?? (httpStatus >= 500 ? "server" : undefined);
}
