import { findEndpoint, insertEndpoint, saveEndpoint } from "@/db/queries/webhooks/endpoints";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";
import { insertTestEvent } from "@/db/queries/webhooks/events";
import type { Actor } from "@/lib/payment/attribution";
import { parseEndpointAddress } from "@/lib/webhooks/endpoint-address";
import type { AddressFault } from "@/lib/webhooks/endpoint-address";
import type { EventType } from "@/lib/webhooks/event-types";
import { toSecret } from "@/lib/webhooks/sign";
import type { Deps } from "../deps";
import { toEventRow } from "./announce-events";

type ManageDeps = Pick<Deps, "db" | "now" | "random" | "newId">;

export type EndpointInput = {
  url: string;
  description: string | null;
  /** null for all. */
  types: readonly EventType[] | null;
};

export type CreateEndpoint =
  /** The API answers with its secret this once; the dashboard shows it to staff. */
  { outcome: "created"; endpoint: EndpointRow } | { outcome: "wrong_address"; fault: AddressFault };

export async function createEndpoint(
  deps: ManageDeps,
  { url, description, types, actor, livemode }: EndpointInput & { actor: Actor; livemode: boolean },
): Promise<CreateEndpoint> {
  const parsed = parseEndpointAddress(url, livemode);
  if ("fault" in parsed) return { outcome: "wrong_address", fault: parsed.fault };
  const id = `we_${Buffer.from(deps.random(16)).toString("base64url")}`;
  const endpoint = await insertEndpoint(deps.db, {
    ...{ id, description, types: types && [...types], createdBy: actor, createdAt: deps.now() },
    url: parsed.url.href,
    secret: toSecret(deps.random(24)),
  });
  return { outcome: "created", endpoint };
}

export type EndpointChange = Partial<EndpointInput> & { isOn?: boolean | undefined };

export type ChangeEndpoint =
  { outcome: "changed" | "not_found" } | { outcome: "wrong_address"; fault: AddressFault };

/** Changes what is given. Switched on, it gets what still waits for it, and has all its time to prove itself. */
export async function changeEndpoint(
  deps: ManageDeps,
  id: string,
  { url, description, types, isOn, livemode }: EndpointChange & { livemode: boolean },
): Promise<ChangeEndpoint> {
  const parsed = url === undefined ? undefined : parseEndpointAddress(url, livemode);
  if (parsed && "fault" in parsed) return { outcome: "wrong_address", fault: parsed.fault };
  const saved = await saveEndpoint(deps.db, id, {
    ...(parsed && { url: parsed.url.href }),
    ...(description !== undefined && { description }),
    ...(types !== undefined && { types: types && [...types] }),
    ...(isOn === true && { disabledAt: null, disabledBecause: null, failingSince: null }),
    ...(isOn === false && { disabledAt: deps.now(), disabledBecause: "merchant" as const }),
  });
  return { outcome: saved ? "changed" : "not_found" };
}

export const deleteEndpoint = (deps: ManageDeps, id: string): Promise<boolean> =>
  saveEndpoint(deps.db, id, { deletedAt: deps.now() });

/** How long messages carry a signature of the old secret too. */
export const rotationMs = 24 * 60 * 60 * 1000;

/** Replaces the secret; the one before counts for another day. @returns the new one, or undefined for no endpoint */
export async function rotateSecret(deps: ManageDeps, id: string): Promise<string | undefined> {
  const endpoint = await findEndpoint(deps.db, id);
  if (!endpoint) return undefined;
  const secret = toSecret(deps.random(24));
  const previousSecretUntil = new Date(deps.now().getTime() + rotationMs);
  await saveEndpoint(deps.db, id, { secret, previousSecret: endpoint.secret, previousSecretUntil });
  return secret;
}

/** Sends a test event to this endpoint alone, whatever it wants. @returns the event's id, or undefined for no endpoint */
export async function sendTestEvent(
  deps: ManageDeps,
  id: string,
  livemode: boolean,
): Promise<string | undefined> {
  if (!(await findEndpoint(deps.db, id))) return undefined;
  const data = {
    object: "test",
    version: 1,
    message: "A test of this endpoint. Nothing was paid.",
    livemode,
  };
  const event = toEventRow(deps, { type: "webhook.test", at: deps.now(), orderId: null }, data);
  await insertTestEvent(deps.db, event, { id: deps.newId(), endpointId: id });
  return event.id;
}
