"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { findDelivery, requeueDelivery, requeueRange } from "@/db/queries/webhooks/deliveries";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  rotateSecret,
  sendTestEvent,
} from "@/lib/operations/webhooks/manage-endpoints";
import { staffActor } from "@/lib/payment/attribution";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { requireStaffUser } from "@/lib/server/auth/session";
import { log } from "@/lib/server/log";
import type { AddressFault } from "@/lib/webhooks/endpoint-address";
import { EndpointForm, readEndpointForm } from "./schema";
import type { TypedEndpoint } from "./schema";

export type EndpointFormState =
  | { status: "idle" }
  | { status: "saved" }
  | { status: "wrong"; fault: AddressFault | "text"; typed: TypedEndpoint };

const page = "/dashboard/webhooks";

/** Adds an endpoint, and goes on to its page. */
export async function addEndpoint(_previous: EndpointFormState, form: FormData): Promise<EndpointFormState> {
  const merchant = await requireStaffUser(page);
  const typed = readEndpointForm(form);
  const input = EndpointForm.safeParse(typed);
  if (!input.success) return { status: "wrong", fault: "text", typed };
  const actor = staffActor(merchant.id);
  const created = await createEndpoint(await getDeps(), {
    ...input.data,
    actor,
    livemode: getSettings().livemode,
  });
  if (created.outcome === "wrong_address") return { status: "wrong", fault: created.fault, typed };
  log("info", "webhook_endpoint_created", { id: created.endpoint.id, by: merchant.id });
  redirect(`${page}/${created.endpoint.id}`);
}

/** Saves address, description and wanted events. */
export async function saveEndpointForm(
  _previous: EndpointFormState,
  form: FormData,
): Promise<EndpointFormState> {
  const { id, by } = await readAct(form);
  const typed = readEndpointForm(form);
  const input = EndpointForm.safeParse(typed);
  if (!input.success) return { status: "wrong", fault: "text", typed };
  const changed = await changeEndpoint(await getDeps(), id, {
    ...input.data,
    livemode: getSettings().livemode,
  });
  if (changed.outcome === "wrong_address") return { status: "wrong", fault: changed.fault, typed };
  log("info", "webhook_endpoint_changed", { id, by });
  return { status: "saved" };
}

/** Which endpoint a form is about, and who sent it. */
async function readAct(form: FormData): Promise<{ id: string; by: string }> {
  const merchant = await requireStaffUser(page);
  return { id: z.string().max(64).catch("").parse(form.get("id")), by: merchant.id };
}

/** Switches an endpoint off or on. */
export async function switchEndpoint(form: FormData): Promise<void> {
  const { id, by } = await readAct(form);
  const isOn = form.get("to") === "on";
  await changeEndpoint(await getDeps(), id, { isOn, livemode: getSettings().livemode });
  log("info", "webhook_endpoint_switched", { id, isOn, by });
  redirect(`${page}/${id}`);
}

/** Replaces the secret; the one before counts for another day. */
export async function replaceSecret(form: FormData): Promise<void> {
  const { id, by } = await readAct(form);
  await rotateSecret(await getDeps(), id);
  log("info", "webhook_secret_rotated", { id, by });
  redirect(`${page}/${id}#secret`);
}

/** Sends a test event. */
export async function testEndpoint(form: FormData): Promise<void> {
  const { id } = await readAct(form);
  await sendTestEvent(await getDeps(), id, getSettings().livemode);
  redirect(`${page}/${id}#deliveries`);
}

/** Removes an endpoint with what still waits for it. */
export async function removeEndpoint(form: FormData): Promise<void> {
  const { id, by } = await readAct(form);
  await deleteEndpoint(await getDeps(), id);
  log("info", "webhook_endpoint_deleted", { id, by });
  redirect(page);
}

/** Sends one message again. */
export async function resendDelivery(form: FormData): Promise<void> {
  const { by } = await readAct(form);
  const { db, now } = await getDeps();
  const id = z.uuid().safeParse(form.get("delivery")).data;
  const delivery = id === undefined ? undefined : await findDelivery(db, id);
  if (!delivery) redirect(page);
  await requeueDelivery(db, delivery.id, now());
  log("info", "webhook_resent", { delivery: delivery.id, by });
  redirect(`${page}/${delivery.endpointId}#deliveries`);
}

/** The most that one button sends again. */
const maxResent = 10_000;

/** Sends all events of the last hours again. */
export async function resendRange(form: FormData): Promise<void> {
  const { id, by } = await readAct(form);
  const { db, now } = await getDeps();
  const hours = z.coerce
    .number()
    .int()
    .min(1)
    .max(90 * 24)
    .catch(24)
    .parse(form.get("hours"));
  const from = new Date(now().getTime() - hours * 3_600_000);
  const count = await requeueRange(db, { endpointId: id, from, before: now(), now: now(), most: maxResent });
  log("info", "webhooks_resent", { id, hours, count, by });
  redirect(`${page}/${id}#deliveries`);
}
