import "server-only";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import type { Db } from "@/db/database";
import { accounts, sessions, users, verifications } from "@/db/schema";
import { getRuntime } from "../deps";
import { getSettings } from "../env/settings";
import type { Settings } from "../env/settings";
import { getSessionSecret } from "./session-secret";

/** The longest life of a session, however active. */
const maxSessionSeconds = 12 * 60 * 60;

type Auth = ReturnType<typeof createAuth>;

declare global {
  /** Next loads this module several times in one process; a random secret must be the same in all of them. */
  var kodeBayarAuth: Promise<Auth> | undefined;
}

/** The sign-in library on our tables. Made at the first call: a build loads this module too, and opens no database. */
export function getAuth(): Promise<Auth> {
  if (globalThis.kodeBayarAuth) return globalThis.kodeBayarAuth;
  const making = getRuntime().then(({ deps }) => createAuth(deps.db, getSettings()));
  making.catch(() => (globalThis.kodeBayarAuth = undefined));
  return (globalThis.kodeBayarAuth = making);
}

/**
 * E-mail and password only, without sign-up. The library's HTTP routes are not mounted: our actions call it, count the
 * tries (it does not count such calls) and check the origin of forms.
 */
function createAuth(db: Db, settings: Settings) {
  return betterAuth({
    appName: "Kode Bayar",
    baseURL: settings.appUrl,
    trustedOrigins: [settings.appUrl],
    secret: getSessionSecret(settings),
    database: drizzleAdapter(db, {
      provider: "pg",
      usePlural: true,
      schema: { users, sessions, accounts, verifications },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    // The library ends a session 12 h after the sign-in. Our code ends it after 30 idle minutes (session.ts), because
    // the library's refresh would let a page that refreshes itself keep a session alive.
    session: { expiresIn: maxSessionSeconds, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages about wrong passwords are not needed.
    logger: { disabled: true },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: toCookieOptions(settings.appUrl) },
    },
    plugins: [nextCookies()],
  });
}

/** `__Host-` binds the cookie to this host; browsers accept it only over https. */
export function toCookieOptions(appUrl: string) {
  const secure = appUrl.startsWith("https:");
  return {
    name: secure ? "__Host-kode-bayar" : "kode-bayar",
    attributes: { httpOnly: true, sameSite: "strict", secure, path: "/" },
  } as const;
}
