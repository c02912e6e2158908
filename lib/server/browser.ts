import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { getSettings } from "./env/settings";

/** As long as anything can still happen to an order that was placed with it. */
const lifeSeconds = 90 * 24 * 60 * 60;

/** `__Host-` binds the cookie to this host; browsers accept it only over https. */
function toCookieOptions(appUrl: string) {
  const secure = appUrl.startsWith("https:");
  const name = secure ? "__Host-kode-bayar-shopper" : "kode-bayar-shopper";
  // Lax: a shopper comes back from the acquirer's site.
  return [name, { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge: lifeSeconds }] as const;
}

/** Only the hash is stored, so that the database opens no order. */
const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

const isToken = (text: string | undefined): text is string => /^[A-Za-z0-9_-]{43}$/.test(text ?? "");

/** What identifies the browser of this request, for `order_browsers`; undefined before it has placed an order. */
export async function findBrowser(): Promise<string | undefined> {
  const [name] = toCookieOptions(getSettings().appUrl);
  const token = (await cookies()).get(name)?.value;
  return isToken(token) ? hashToken(token) : undefined;
}

/**
 * The same, with a new cookie for a browser that has none; only in an action. A cookie that is there is not set again: the
 * browser would then forget the pages that Back leads to.
 */
export async function ensureBrowser(): Promise<string> {
  const [name, options] = toCookieOptions(getSettings().appUrl);
  const jar = await cookies();
  const known = jar.get(name)?.value;
  if (isToken(known)) return hashToken(known);
  const token = randomBytes(32).toString("base64url");
  jar.set(name, token, options);
  return hashToken(token);
}
