import "server-only";

/**
 * Whether a form was sent from our own pages. Next compares Origin with Host too, but lets a form without an Origin pass
 * (docs/threats-and-invariants.md#t13); every browser sends one with a POST, so a form without is nobody's.
 */
export function isFromUs(headers: Headers, appUrl: string): boolean {
  const origin = headers.get("origin");
  if (!origin || origin === "null" || !URL.canParse(origin)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  return origin === new URL(appUrl).origin || new URL(origin).host === headers.get("host");
}

/** A server action, with or without JavaScript, as against the reading of a page. */
export const isAction = (headers: Headers): boolean =>
  headers.has("next-action") ||
  /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(headers.get("content-type") ?? "");

/** Asked for by a person: a page or an action. What a page asks for by itself keeps nobody signed in. */
export const isRequestedByPerson = (headers: Headers): boolean =>
  isAction(headers) || (headers.get("accept") ?? "").includes("text/html");
