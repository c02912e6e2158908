import "server-only";

/**
 * Whether a form was sent from one of the app's pages. Next compares Origin with Host too, but accepts a form without
 * Origin (docs/threats-and-invariants.md#t13); every browser sends Origin with a POST, so such a form is refused.
 */
export function isFromUs(headers: Headers, appUrl: string): boolean {
  const origin = headers.get("origin");
  if (!origin || origin === "null" || !URL.canParse(origin)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  return origin === new URL(appUrl).origin || new URL(origin).host === headers.get("host");
}

/** A server action, sent with or without JavaScript. */
export const isAction = (headers: Headers): boolean =>
  headers.has("next-action") ||
  /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(headers.get("content-type") ?? "");

/** A page or an action that a person asked for. Requests that a page makes by itself do not keep a session alive. */
export const isRequestedByPerson = (headers: Headers): boolean =>
  isAction(headers) || (headers.get("accept") ?? "").includes("text/html");
