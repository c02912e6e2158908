"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireStaffUser, signOutStaff } from "@/lib/server/auth/session";
import { signInStaff } from "@/lib/server/auth/sign-in";
import { getPathAfterSignIn } from "./_components/path-after-sign-in";

export type SignInState = { email: string } & (
  { status: "idle" | "refused" } | { status: "must_wait"; seconds: number }
);

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
  const result = await signInStaff(input.data);
  if (result.outcome === "must_wait") return { status: "must_wait", seconds: result.seconds, email };
  if (result.outcome === "refused") return { status: "refused", email };
  redirect(getPathAfterSignIn(form.get("next")));
}

export async function signOut(): Promise<void> {
  await requireStaffUser();
  await signOutStaff();
  redirect("/sign-in");
}
