import "server-only";
import { type Log, log } from "../log";

/**
 * Whether a form was sent from one of the app's pages. Next compares Origin with Host too, but accepts a form without
 * Origin (docs/threats-and-invariants.md#t13); every browser sends Origin with a POST, so such a form is refused.
 */
export function isSameOrigin(headers: Headers, appUrl: string): boolean {
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

let hasWarned = false;

/**
 * Says once in the log when a browser sends our own form from another address than `APP_URL`: every form is then refused,
 * and nothing else would tell why.
 */
export function warnOfOtherAddress(headers: Headers, appUrl: string, to: Log = log): void {
  if (hasWarned || !isAction(headers) || headers.get("sec-fetch-site") !== "same-origin") return;
  const origin = headers.get("origin") ?? "";
  if (!URL.canParse(origin) || isSameOrigin(headers, appUrl)) return;
  hasWarned = true;
  to("error", "forms_from_another_address", {
    app_url: appUrl,
    origin: new URL(origin).origin.slice(0, 200),
    hint: "Browsers reach the shop at another address than APP_URL says: set APP_URL to it, or every form is refused.",
  });
}
