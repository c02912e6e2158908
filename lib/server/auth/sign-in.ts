import "server-only";
import { isAPIError } from "better-auth/api";
import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import { deleteStaleSessions } from "@/db/queries/staff";
import { getRuntime } from "../deps";
import { getSettings } from "../env/settings";
import { getClientNetwork } from "../limits/client-address";
import { log } from "../log";
import type { Log } from "../log";
import { getAuth, toCookieOptions } from "./auth";
import { isSameOrigin } from "./auth-origin";
import { deviceLifeSeconds, formatDevice, isKnownTo, parseDevice, rememberAccount } from "./known-device";
import type { KnownDevice } from "./known-device";
import { deriveKey } from "./session-secret";
import { maxIdleMs } from "./session";
import type { SignInTry } from "./sign-in-limit";

export type SignIn = { outcome: "signed_in" | "refused" } | { outcome: "must_wait"; seconds: number };

/**
 * Signs in and sets the cookies; only in an action. All refusals look the same and take the same time. Each try leaves
 * a line in the log with the account, the network and the outcome.
 */
export async function signInStaff(
  input: { email: string; password: string },
  writeLog: Log = log,
): Promise<SignIn> {
  const given = await headers();
  if (!isSameOrigin(given, getSettings().appUrl)) return { outcome: "refused" };
  const { deps, limits } = await getRuntime();
  const now = deps.now();
  const key = deriveKey("known device");
  const device = parseDevice((await cookies()).get(getDeviceCookie().name)?.value, { key, now });
  const isKnown = device !== undefined && isKnownTo(device, input.email, key);
  const oneTry = {
    email: input.email,
    network: getClientNetwork(given),
    deviceId: isKnown ? device.id : undefined,
  };
  const seconds = await limits.signIn.takeTry(oneTry);
  if (seconds > 0) {
    writeLog("warn", "sign_in_limited", { ...toLogged(oneTry), wait_seconds: seconds });
    return { outcome: "must_wait", seconds };
  }
  const userId = await findUserByPassword(input, given);
  if (userId === undefined) {
    writeLog("warn", "sign_in_refused", toLogged(oneTry));
    return { outcome: "refused" };
  }
  writeLog("info", "signed_in", { ...toLogged(oneTry), account: userId });
  await limits.signIn.forgetTry(oneTry);
  await rememberDevice(device, input.email, { key, now });
  await deleteStaleSessions(deps.db, { now, idleSince: new Date(now.getTime() - maxIdleMs) });
  return { outcome: "signed_in" };
}

/** Opens a session and sets its cookie. @returns the user's id; undefined for a wrong e-mail or password */
async function findUserByPassword(
  body: { email: string; password: string },
  given: Headers,
): Promise<string | undefined> {
  const auth = await getAuth();
  try {
    const { user } = await auth.api.signInEmail({ body, headers: given });
    return user.id;
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return undefined;
    throw error;
  }
}

async function rememberDevice(
  device: KnownDevice | undefined,
  email: string,
  context: { key: Uint8Array; now: Date },
): Promise<void> {
  const remembered = rememberAccount(device ?? { id: randomUUID(), accounts: [] }, email, context.key);
  const { name, attributes } = getDeviceCookie();
  (await cookies()).set(name, formatDevice(remembered, context), {
    ...attributes,
    maxAge: deviceLifeSeconds,
  });
}

function getDeviceCookie() {
  const { name, attributes } = toCookieOptions(getSettings().appUrl);
  return { name: `${name}-device`, attributes };
}

/** Without the whole e-mail: it may be a stranger's, or a password in the wrong field. */
const toLogged = ({ email, network, deviceId }: SignInTry) => ({
  account: maskEmail(email),
  network,
  device: deviceId === undefined ? "unknown" : "known",
});

/** `sri@toko.id` becomes `s*** at toko.id`. */
const maskEmail = (email: string): string => email.replace(/^(.).*@/s, "$1*** at ");
