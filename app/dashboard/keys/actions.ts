"use server";

import { randomBytes } from "node:crypto";
import { redirect } from "next/navigation";
import { z } from "zod";
import { insertApiKey, revokeApiKey } from "@/db/queries/api-keys";
import { hashKey, newKey, toKeyHint } from "@/lib/api/key";
import { scopes } from "@/lib/api/scopes";
import { visibleText } from "@/lib/payment/visible-text";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { requireStaffUser } from "@/lib/server/auth/session";
import { log } from "@/lib/server/log";

export type CreateKeyState =
  | { status: "idle" }
  /** `key` is shown this once; only its hash is stored. */
  | { status: "created"; key: string; name: string }
  /** With what was typed, which the form keeps. */
  | { status: "wrong"; problem: "name" | "scopes"; name: string; scopes: string[] };

const KeyForm = z.object({ name: visibleText(60), scopes: z.array(z.enum(scopes)).min(1) });

/** Makes a key for a program of the merchant. */
export async function createKey(_previous: CreateKeyState, form: FormData): Promise<CreateKeyState> {
  const merchant = await requireStaffUser("/dashboard/keys");
  const typed = { name: String(form.get("name") ?? ""), scopes: form.getAll("scopes").map(String) };
  const input = KeyForm.safeParse(typed);
  if (!input.success) {
    const problem = input.error.issues[0]?.path[0] === "scopes" ? "scopes" : "name";
    return { status: "wrong", problem, ...typed };
  }
  const { db, newId, now } = await getDeps();
  const key = newKey(getSettings().livemode ? "live" : "test", randomBytes);
  const id = newId();
  await insertApiKey(db, {
    id,
    ...input.data,
    hash: hashKey(key),
    hint: toKeyHint(key),
    createdBy: merchant.id,
    createdAt: now(),
  });
  log("info", "api_key_created", { id, by: merchant.id });
  return { status: "created", key, name: input.data.name };
}

/** Ends a key at once: its next call is refused. */
export async function revokeKey(form: FormData): Promise<void> {
  const merchant = await requireStaffUser("/dashboard/keys");
  const id = z.string().max(64).catch("").parse(form.get("id"));
  const { db, now } = await getDeps();
  if (await revokeApiKey(db, id, now())) log("info", "api_key_revoked", { id, by: merchant.id });
  redirect("/dashboard/keys");
}
