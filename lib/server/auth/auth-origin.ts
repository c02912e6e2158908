import "server-only";
import { type Log, log } from "../log";

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
export const isByHand = (headers: Headers): boolean =>
  isAction(headers) || (headers.get("accept") ?? "").includes("text/html");

let hasWarned = false;

/**
 * Says once in the log when a browser sends our own form from another address than `APP_URL`: every form is then refused,
 * and nothing else would tell why.
 */
export function warnOfOtherAddress(headers: Headers, appUrl: string, to: Log = log): void {
  if (hasWarned || !isAction(headers) || headers.get("sec-fetch-site") !== "same-origin") return;
  const origin = headers.get("origin") ?? "";
  if (!URL.canParse(origin) || isFromUs(headers, appUrl)) return;
  hasWarned = true;
  to("error", "forms_from_another_address", {
    app_url: appUrl,
    origin: new URL(origin).origin.slice(0, 200),
    hint: "Browsers reach the shop at another address than APP_URL says: set APP_URL to it, or every form is refused.",
  });
}
