import "server-only";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { isAPIError } from "better-auth/api";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import {
  StaffUser,
  deleteSession,
  deleteStaleSessions,
  findPasswordHash,
  saveOwner,
  touchSession,
} from "@/db/queries/staff";
import { getAuth } from "./auth";
import { isAction, isRequestedByPerson, isSameOrigin } from "./auth-origin";
import { getClientAddress } from "../limits/client-address";
import { getDeps, getRuntime } from "../deps";
import { log } from "../log";
import { getSettings } from "../env/settings";

/** A session ends after this time without a page or an action. */
const maxIdleMs = 30 * 60_000;

/**
 * Returns the signed-in staff user or redirects to the sign-in page. Every page and action of the dashboard starts with
 * it, and the dashboard's queries need its result. An action is also refused when its form was not sent from the app's
 * pages.
 * @param next where to go after signing in; a path under /dashboard
 */
export async function requireStaffUser(next = "/dashboard"): Promise<StaffUser> {
  const given = await headers();
  const isCrossOrigin = isAction(given) && !isSameOrigin(given, getSettings().appUrl);
  const merchant = isCrossOrigin ? undefined : await findStaffUser();
  return (
    merchant ?? redirect(next === "/dashboard" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`)
  );
}

/** The signed-in staff user, or undefined. Loaded once for each request, however many parts of a page call it. */
export const findStaffUser = cache(async (): Promise<StaffUser | undefined> => {
  const given = await headers();
  const auth = await getAuth();
  const found = await auth.api.getSession({ headers: given });
  if (!found) return undefined;
  const { db, now } = await getDeps();
  const { session, user } = found;
  if (now().getTime() - session.updatedAt.getTime() > maxIdleMs) {
    await deleteSession(db, session.id);
    return undefined;
  }
  if (isRequestedByPerson(given)) await touchSession(db, session.id, now());
  return new StaffUser(user.id, user.name, user.email);
});

export type SignIn = { outcome: "signed_in" | "refused" | "too_many_tries" };

/** Signs in and sets the cookie; only in an action. All refusals look the same and take the same time. */
export async function signInStaff(input: { email: string; password: string }): Promise<SignIn> {
  const given = await headers();
  if (!isSameOrigin(given, getSettings().appUrl)) return { outcome: "refused" };
  const { deps, limits } = await getRuntime();
  const oneTry = { email: input.email, client: getClientAddress(given) };
  if (!(await limits.signIn.mayTry(oneTry))) {
    log("warn", "sign_in_limited");
    return { outcome: "too_many_tries" };
  }
  const auth = await getAuth();
  try {
    await auth.api.signInEmail({ body: input, headers: given });
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return { outcome: "refused" };
    throw error;
  }
  await limits.signIn.forgetTry(oneTry);
  const now = deps.now();
  await deleteStaleSessions(deps.db, { now, idleSince: new Date(now.getTime() - maxIdleMs) });
  return { outcome: "signed_in" };
}

/** Ends the session in the database and removes the cookie; only in an action. */
export async function signOutStaff(): Promise<void> {
  const auth = await getAuth();
  await auth.api.signOut({ headers: await headers() });
}

/**
 * Creates or updates the demo owner of try-it mode, whose password `npm start` prints. Other modes have none, and their
 * users are not touched.
 */
export async function ensureDemoOwner(): Promise<void> {
  const { demoOwner } = getSettings();
  if (!demoOwner) return;
  const { db, newId, now } = await getDeps();
  const { email, password } = demoOwner;
  const hash = await findPasswordHash(db, email);
  if (hash !== undefined && (await verifyPassword({ hash, password }))) return;
  await saveOwner(db, { newId, now }, { email, name: "Demo", passwordHash: await hashPassword(password) });
}
