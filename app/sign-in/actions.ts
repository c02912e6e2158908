"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireStaffUser, signInStaff, signOutStaff } from "@/lib/server/auth/session";
import { getPathAfterSignIn } from "./_components/path-after-sign-in";

export type SignInState = { status: "idle" | "refused" | "too_many_tries"; email: string };

const SignInForm = z.object({
  email: z.string().trim().max(128).pipe(z.email()),
  password: z.string().min(1).max(128),
});

/** The error is the same for every cause, so that it reveals nothing. The e-mail stays in its field. */
export async function signIn(_previous: SignInState, form: FormData): Promise<SignInState> {
  const typed = z.string().max(128).safeParse(form.get("email"));
  const email = typed.data ?? "";
  const input = SignInForm.safeParse(Object.fromEntries(form));
  if (!input.success) return { status: "refused", email };
  const { outcome } = await signInStaff(input.data);
  if (outcome !== "signed_in") return { status: outcome, email };
  redirect(getPathAfterSignIn(form.get("next")));
}

export async function signOut(): Promise<void> {
  await requireStaffUser();
  await signOutStaff();
  redirect("/sign-in");
}
