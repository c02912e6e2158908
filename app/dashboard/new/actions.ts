"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { isUnavailable } from "@/db/rows";
import { createMerchantPayment } from "@/lib/operations/payments/create-merchant-payment";
import type { MakePayment } from "@/lib/operations/payments/create-merchant-payment";
import { staffActor } from "@/lib/payment/attribution";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { requireMerchant } from "@/lib/server/auth/session";
import { valuesOf } from "./_components/field-names";
import type { FieldName, FormValues } from "./_components/field-names";
import { keyOf } from "./_components/form-key";
import { readMakeForm } from "./schema";
import { problemOf, sentenceOf } from "./_components/make-problems";
import type { Problems } from "./_components/make-problems";
import { offersOf } from "./_components/offers";
import type { Offer } from "./_components/offers";

export type MakeState =
  | { status: "idle" }
  /** `errors` are sentences in the language of the page. */
  | { status: "invalid"; errors: Partial<Record<FieldName, string>>; values: FormValues }
  | { status: "away"; values: FormValues };

/** Makes the payment that the form asks for, or says what to mend. Sent twice, it finds the payment of the first time. */
export async function make(_previous: MakeState, form: FormData): Promise<MakeState> {
  const merchant = await requireMerchant("/dashboard/new");
  const deps = await getDeps();
  const offers = offersOf(deps.settings);
  const read = readMakeForm(form, offers);
  if (read.outcome === "invalid") return invalid(form, read.problems);
  const by = { actor: staffActor(merchant.id), reason: "dashboard" } as const;
  const input = { ...read.input, ...by, key: keyOf(form, read.input) };
  const made = await createMerchantPayment(deps, input).catch(unlessAway);
  if (!made) return { status: "away", values: valuesOf(form) };
  return afterwards(made, form, offers);
}

function afterwards(made: MakePayment, form: FormData, offers: readonly Offer[]): Promise<MakeState> {
  switch (made.outcome) {
    case "made":
    case "exists":
    case "refused":
      // DOKU's words about a refusal stand on the order's page.
      return redirect(`/dashboard/orders/${made.orderId}?made=${made.outcome}`);
    case "wrong": {
      const offer = offers.find(({ channel }) => channel === form.get("channel"));
      return invalid(form, problemOf(made.fault, offer));
    }
  }
}

function unlessAway(error: unknown): undefined {
  if (!isUnavailable(error)) throw error;
  log("warn", "make_payment_failed", { error });
}

async function invalid(form: FormData, problems: Problems): Promise<MakeState> {
  const [locale, t] = [await getLocale(), await getTranslations("dashboard.make.errors")];
  const errors: Partial<Record<FieldName, string>> = Object.fromEntries(
    Object.entries(problems).flatMap(([field, problem]) =>
      problem ? [[field, sentenceOf(problem, t, locale)]] : [],
    ),
  );
  return { status: "invalid", errors, values: valuesOf(form) };
}
