import "server-only";
import {
  findDelivery,
  listDeliveries,
  loadLastAttempts,
  requeueDelivery,
  requeueRange,
} from "@/db/queries/webhooks/deliveries";
import type { AttemptRow, ListedDelivery } from "@/db/queries/webhooks/deliveries";
import { findEndpoint, listEndpoints } from "@/db/queries/webhooks/endpoints";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";
import { findEvent, listEvents } from "@/db/queries/webhooks/events";
import type { ApiEventRow } from "@/db/queries/webhooks/events";
import { parseDeliveryId, parseSessionId, toDeliveryId } from "@/lib/api/ids";
import { toProblem } from "@/lib/api/problem";
import type {
  DeliveryListQuery,
  EventListQuery,
  ResendRequest,
  WebhookEndpointChange,
  WebhookEndpointRequest,
} from "@/lib/api/requests";
import type {
  EventData,
  EventResource,
  WebhookDeliveryResource,
  WebhookEndpointResource,
} from "@/lib/api/resources";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  rotateSecret,
  sendTestEvent,
} from "@/lib/operations/webhooks/manage-endpoints";
import type { AddressFault } from "@/lib/webhooks/endpoint-address";
import { isEventType } from "@/lib/webhooks/event-types";
import { notFound, toList, toProblemAnswer, toResource, unknownCursor } from "./answer";
import type { ApiAnswer } from "./answer";
import type { ApiCall } from "./api-route";

type Call<Input> = ApiCall<Input>;

const getId = ({ params }: Pick<Call<unknown>, "params">) => params["id"] ?? "";

/** The most events that one call sends again. */
const maxResent = 10_000;

/** `POST /webhook_endpoints` */
export async function postEndpoint(call: Call<WebhookEndpointRequest>): Promise<ApiAnswer> {
  const { url, description = null, events = null } = call.input;
  const { actor } = call.caller;
  const { livemode } = call;
  const created = await createEndpoint(call.deps, { url, description, types: events, actor, livemode });
  if (created.outcome === "wrong_address") return toAddressProblem(created.fault);
  const { endpoint } = created;
  return toResource({ ...toEndpointResource(call, endpoint), secret: endpoint.secret }, 201);
}

const addressDetails: Record<AddressFault, string> = {
  not_an_address: "is no address of a server",
  needs_https: "must begin with https://",
  private_network: "leads to a private network",
};

const toAddressProblem = (fault: AddressFault): ApiAnswer =>
  toProblemAnswer(
    toProblem("address_not_allowed", { errors: [{ pointer: "/url", detail: addressDetails[fault] }] }),
  );

/** `GET /webhook_endpoints` */
export async function getEndpoints(call: Call<unknown>): Promise<ApiAnswer> {
  const endpoints = await listEndpoints(call.deps.db);
  const data = endpoints.map((endpoint) => toEndpointResource(call, endpoint));
  return toList(data);
}

/** `GET /webhook_endpoints/{id}` */
export async function getEndpoint(call: Call<unknown>): Promise<ApiAnswer> {
  const endpoint = await findEndpoint(call.deps.db, getId(call));
  return endpoint ? toResource(toEndpointResource(call, endpoint)) : notFound;
}

/** `PATCH /webhook_endpoints/{id}` */
export async function patchEndpoint(call: Call<WebhookEndpointChange>): Promise<ApiAnswer> {
  const { url, description, events, status } = call.input;
  const changed = await changeEndpoint(call.deps, getId(call), {
    livemode: call.livemode,
    ...(url !== undefined && { url }),
    ...(description !== undefined && { description }),
    ...(events !== undefined && { types: events }),
    ...(status !== undefined && { isOn: status === "enabled" }),
  });
  return changed.outcome === "wrong_address" ? toAddressProblem(changed.fault) : getEndpoint(call);
}

/** `DELETE /webhook_endpoints/{id}` */
export async function removeEndpoint(call: Call<unknown>): Promise<ApiAnswer> {
  const endpoint = await findEndpoint(call.deps.db, getId(call));
  if (!endpoint || !(await deleteEndpoint(call.deps, endpoint.id))) return notFound;
  return toResource(toEndpointResource(call, endpoint));
}

/** `POST /webhook_endpoints/{id}/rotate_secret` */
export async function postRotation(call: Call<unknown>): Promise<ApiAnswer> {
  const secret = await rotateSecret(call.deps, getId(call));
  const endpoint = await findEndpoint(call.deps.db, getId(call));
  return endpoint && secret !== undefined
    ? toResource({ ...toEndpointResource(call, endpoint), secret })
    : notFound;
}

/** `POST /webhook_endpoints/{id}/test` */
export async function postTest(call: Call<unknown>): Promise<ApiAnswer> {
  const id = await sendTestEvent(call.deps, getId(call), call.livemode);
  const event = id === undefined ? undefined : await findEvent(call.deps.db, id);
  return event ? toResource(toEventResource(event)) : notFound;
}

/** `POST /webhook_endpoints/{id}/resend` */
export async function postResend(call: Call<ResendRequest>): Promise<ApiAnswer> {
  const endpoint = await findEndpoint(call.deps.db, getId(call));
  if (!endpoint) return notFound;
  const { from, before } = call.input;
  const count = await requeueRange(call.deps.db, {
    endpointId: endpoint.id,
    from: new Date(from),
    before: before === undefined ? call.deps.now() : new Date(before),
    now: call.deps.now(),
    most: maxResent,
  });
  return toResource({ object: "resent", count });
}

/** `GET /webhook_deliveries` */
export async function getDeliveries(call: Call<DeliveryListQuery>): Promise<ApiAnswer> {
  const { limit, starting_after: cursor, webhook_endpoint: endpointId, status } = call.input;
  const cursorId = cursor === undefined ? undefined : parseDeliveryId(cursor);
  const after = cursorId === undefined ? undefined : await findDelivery(call.deps.db, cursorId);
  if (cursor !== undefined && !after) return unknownCursor;
  const found = await listDeliveries(call.deps.db, { endpointId, status, after, most: limit + 1 });
  const shown = found.slice(0, limit);
  const findLast = await loadLastAttempts(call.deps.db, shown);
  const data = shown.map((one) => toDeliveryResource(one, findLast(one.id)));
  return toList(data, found.length > limit);
}

/** `POST /webhook_deliveries/{id}/resend` */
export async function postRedelivery(call: Call<unknown>): Promise<ApiAnswer> {
  const id = parseDeliveryId(getId(call));
  const isFound = id !== undefined && (await requeueDelivery(call.deps.db, id, call.deps.now()));
  return isFound ? toResource({ object: "resent", count: 1 }) : notFound;
}

/** `GET /events`, the newest first. */
export async function getEvents(call: Call<EventListQuery>): Promise<ApiAnswer> {
  const { limit, starting_after: cursor, type, checkout_session: sessionId } = call.input;
  const after = cursor === undefined ? undefined : await findEvent(call.deps.db, cursor);
  if (cursor !== undefined && !after) return unknownCursor;
  const orderId = sessionId === undefined ? undefined : parseSessionId(sessionId);
  if (sessionId !== undefined && !orderId) return toList([]);
  const toDate = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  const found = await listEvents(call.deps.db, {
    ...{ type, orderId, after, most: limit + 1 },
    createdFrom: toDate(call.input["created[gte]"]),
    createdBefore: toDate(call.input["created[lt]"]),
  });
  const data = found.slice(0, limit).map(toEventResource);
  return toList(data, found.length > limit);
}

/** `GET /events/{id}` */
export async function getEvent(call: Call<unknown>): Promise<ApiAnswer> {
  const event = await findEvent(call.deps.db, getId(call));
  return event ? toResource(toEventResource(event)) : notFound;
}

export function toEventResource({ id, type, at, createdAt, body }: ApiEventRow): EventResource {
  if (!isEventType(type)) throw new Error(`an event of the unknown type ${type}`);
  // As it was sent, also by an earlier release: it is not held against the schema of now.
  const { data }: { data: EventData } = JSON.parse(body);
  return {
    id,
    object: "event",
    type,
    timestamp: at.toISOString(),
    data,
    created_at: createdAt.toISOString(),
  };
}

const toEndpointResource = (
  { livemode }: Pick<Call<unknown>, "livemode">,
  endpoint: EndpointRow,
): WebhookEndpointResource => ({
  id: endpoint.id,
  object: "webhook_endpoint",
  url: endpoint.url,
  description: endpoint.description,
  events: endpoint.types?.filter(isEventType) ?? null,
  status: endpoint.disabledAt === null ? "enabled" : "disabled",
  disabled_because: endpoint.disabledBecause,
  failing_since: endpoint.failingSince?.toISOString() ?? null,
  created_at: endpoint.createdAt.toISOString(),
  livemode,
});

function toDeliveryResource(one: ListedDelivery, last: AttemptRow | undefined): WebhookDeliveryResource {
  if (!isEventType(one.type)) throw new Error(`an event of the unknown type ${one.type}`);
  return {
    id: toDeliveryId(one.id),
    object: "webhook_delivery",
    event: one.eventId,
    type: one.type,
    webhook_endpoint: one.endpointId,
    status: one.status,
    tries: one.tries,
    next_try_at: one.status === "pending" ? one.dueAt.toISOString() : null,
    last_http_status: last?.httpStatus ?? null,
    last_failure: last?.failure ?? null,
    created_at: one.createdAt.toISOString(),
  };
}
