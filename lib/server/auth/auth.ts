import "server-only";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { nextCookies } from "better-auth/next-js";
import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/db/database";
import { accounts, sessions, users, verifications } from "@/db/schema";
import { getRuntime } from "../deps";
import { getSettings } from "../env/settings";
import type { Settings } from "../env/settings";

/** How long a session lives, whatever happens in it. Seconds. */
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
 * E-mail and password only, nobody signs up. Its HTTP addresses are not mounted at all: our actions call it, count the
 * tries themselves (it counts none on this way) and check where a form came from.
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
    // The library ends a session 12 h after the sign-in and never prolongs it; the 30 idle minutes are ours
    // (session.ts), because its own way of prolonging would let a page that refreshes by itself live for ever.
    session: { expiresIn: maxSessionSeconds, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // What it would say of a wrong password names nothing that we need.
    logger: { disabled: true },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: toCookieOptions(settings.appUrl) },
    },
    plugins: [nextCookies()],
  });
}

/** `__Host-` binds the cookie to this very host; browsers grant it over https alone. */
export function toCookieOptions(appUrl: string) {
  const secure = appUrl.startsWith("https:");
  return {
    name: secure ? "__Host-kode-bayar" : "kode-bayar",
    attributes: { httpOnly: true, sameSite: "strict", secure, path: "/" },
  } as const;
}

/** Signs cookies. A demo's sessions end when its password changes; without either, when the process does. */
function getSessionSecret({ sessionSecret, demoOwner }: Settings): string {
  if (sessionSecret) return sessionSecret;
  if (!demoOwner) return randomBytes(32).toString("hex");
  return createHash("sha256")
    .update(`kode-bayar session of ${demoOwner.email}\n${demoOwner.password}`)
    .digest("hex");
}
