import "server-only";

/** Members whose values are never logged, at any depth. */
const secretNames = new Set(
  [
    "signature secret secretkey key keys current previous password passwordhash token authorization cookie setcookie",
    "email phone name customername contact billing shipping address city",
    "code paymentcode body rawbody headers parameters params query",
  ].flatMap((names) => names.split(" ")),
);

/** Secrets and personal data that have a recognisable form, in any text. */
const secretPatterns: [RegExp, string][] = [
  [/HMACSHA256=[A-Za-z0-9+/=]*/g, "HMACSHA256=[redacted]"],
  [/\bSK-[\w-]+/g, "[redacted]"],
  [/\/\/[^\s/@]+@/g, "//[redacted]@"],
  [/[^\s"'<>()=,:;]+@[^\s"'<>()=,:;]+/g, "[email]"],
  [/(?<![\w-])(?:\+?62|0)[ -]?8\d(?:[ -]?\d){6,11}(?![\w-])/g, "[phone]"],
  // A payment code, in one piece or in groups of four.
  [/(?<![\w.-])\d{4}(?: \d{4}){2,}(?![\w-])/g, "[digits]"],
  [/(?<![\w.-])\d{8,}(?![\w-])/g, "[digits]"],
];

const maxTextLength = 1000;
const maxDepth = 6;
const maxFrames = 20;

/** A copy without secrets and personal data. Errors keep their stacks and causes. */
export function redact(details: Record<string, unknown>): Record<string, unknown> {
  return redactMembers(details, 0);
}

const redactMembers = (members: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      isSecret(name) && value !== undefined && value !== null ? "[redacted]" : redactValue(value, depth + 1),
    ]),
  );

const isSecret = (name: string): boolean => secretNames.has(name.toLowerCase().replace(/[-_]/g, ""));

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth > maxDepth) return "[deep]";
  if (value instanceof Error) return describeError(value, depth);
  if (ArrayBuffer.isView(value)) return "[bytes]";
  if (Array.isArray(value)) return value.slice(0, 50).map((each) => redactValue(each, depth + 1));
  return redactMembers(value, depth);
}

export function redactText(text: string): string {
  let redacted = text.slice(0, maxTextLength);
  for (const [pattern, instead] of secretPatterns) redacted = redacted.replace(pattern, instead);
  return redacted;
}

/**
 * An error for a log line. The stack is logged without the message, which Drizzle fills with the values of the query,
 * and PostgreSQL's message without the value it quotes: these may be personal data.
 */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const code = "code" in error ? { code: String(error.code) } : {};
  const constraint = "constraint_name" in error ? { constraint: error.constraint_name } : {};
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return {
    type: error.name,
    ...code,
    ...constraint,
    message: toMessage(error),
    stack: toFrames(error),
    ...(inner !== undefined && { cause: redactCause(inner, depth) }),
  };
}

/** A thrown value that is not an Error may hold anything, for example text from a form. */
const redactCause = (inner: unknown, depth: number): unknown =>
  inner instanceof Error ? redactValue(inner, depth + 1) : "[no error]";

function toMessage(error: Error): string {
  if (error.message.startsWith("Failed query:")) return "a query failed";
  const isOfPostgres = "severity" in error;
  return redactText(isOfPostgres ? error.message.replace(/: ".*$/s, ": [value]") : error.message);
}

const toFrames = ({ stack = "" }: Error): string =>
  stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, maxFrames)
    .join("\n");
