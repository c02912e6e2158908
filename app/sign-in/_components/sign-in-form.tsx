"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { signIn } from "../actions";
import type { SignInState } from "../actions";

const idle: SignInState = { status: "idle", email: "" };

/** Works without JavaScript. React's reset after the action empties the password, which is wanted here. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const [state, action, isPending] = useActionState(signIn, idle);
  return (
    <form action={action} className="space-y-4">
      {state.status === "refused" && (
        <Notice tone="attention" role="alert">
          {t("refused")}
        </Notice>
      )}
      {state.status === "must_wait" && (
        <Notice tone="waiting" role="alert">
          {t("mustWait", { count: state.seconds })}
        </Notice>
      )}
      <input type="hidden" name="next" value={next} />
      <Field
        name="email"
        type="email"
        label={t("email")}
        // React resets a form after its action; the key makes the typed e-mail the default value.
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
        label={t("password")}
        autoComplete="current-password"
        maxLength={128}
        required
      />
      <Button type="submit" className="w-full" aria-disabled={isPending}>
        {isPending ? t("pending") : t("submit")}
      </Button>
    </form>
  );
}
