"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { signIn } from "../actions";
import type { SignInState } from "../actions";

type Labels = Record<"email" | "password" | "submit" | "pending" | "refused" | "tooMany", string>;

const idle: SignInState = { status: "idle", email: "" };

/** Works before, and without, any JavaScript. */
export function SignInForm({ next, labels }: { next: string; labels: Labels }) {
  const [state, action, isPending] = useActionState(signIn, idle);
  return (
    <form action={action} className="space-y-4">
      {state.status === "refused" && (
        <Notice tone="attention" role="alert">
          {labels.refused}
        </Notice>
      )}
      {state.status === "too_many_tries" && (
        <Notice tone="waiting" role="alert">
          {labels.tooMany}
        </Notice>
      )}
      <input type="hidden" name="next" value={next} />
      <Field
        name="email"
        type="email"
        label={labels.email}
        // A form is emptied after its action; the key makes the kept e-mail its first value.
        key={state.email}
        defaultValue={state.email}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        maxLength={128}
        required
      />
      <Field
        name="password"
        type="password"
        label={labels.password}
        autoComplete="current-password"
        maxLength={128}
        required
      />
      <Button type="submit" className="w-full" aria-disabled={isPending}>
        {isPending ? labels.pending : labels.submit}
      </Button>
    </form>
  );
}
