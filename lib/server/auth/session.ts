import "server-only";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import {
  StaffUser,
  deleteSession,
  findPasswordHash,
  isSessionOpen,
  saveOwner,
  touchSession,
} from "@/db/queries/staff";
import { getAuth } from "./auth";
import { isAction, isRequestedByPerson, isSameOrigin } from "./auth-origin";
import { getDeps } from "../deps";
import { getSettings } from "../env/settings";

/** A session ends after this time without a page or an action. */
export const maxIdleMs = 30 * 60_000;

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

/** The signed-in staff user, or undefined. */
export const findStaffUser = async (): Promise<StaffUser | undefined> => (await findStaffSession())?.user;

export type StaffSession = { id: string; user: StaffUser };

/** The session of this request, or undefined. Loaded once for each request, however many parts of a page call it. */
export const findStaffSession = cache(async (): Promise<StaffSession | undefined> => {
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
  return { id: session.id, user: new StaffUser(user.id, user.name, user.email) };
});

/** Whether a session is still open, for what outlives its request. */
export async function isStaffSessionOpen(id: string): Promise<boolean> {
  const { db, now } = await getDeps();
  const at = now();
  return isSessionOpen(db, id, { now: at, idleSince: new Date(at.getTime() - maxIdleMs) });
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
