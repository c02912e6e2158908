import "server-only";
import { findSession, listSessionIds } from "@/db/queries/sessions";
import { parseSessionId, toSessionId } from "@/lib/api/ids";
import { toProblem } from "@/lib/api/problem";
import type { FieldError } from "@/lib/api/problem";
import type { SessionListQuery, SessionRequest } from "@/lib/api/requests";
import type { Address, Ineligibility } from "@/lib/channels/channel";
import { createSession, prepareSession, saveWithAnswer } from "@/lib/operations/sessions/create-session";
import type { CreateSession, NewSession, SessionFault } from "@/lib/operations/sessions/create-session";
import { cancelSession } from "@/lib/operations/sessions/end-session";
import { loadSession, loadSessions } from "@/lib/operations/sessions/load-session";
import type { LoadedSession } from "@/lib/operations/sessions/load-session";
import type { OrderId } from "@/lib/payment/order-id";
import type { ChannelId } from "@/lib/payment/payment";
import { notFound, toProblemAnswer, toResource, unknownCursor } from "./answer";
import type { ApiAnswer } from "./answer";
import type { ApiCall } from "./api-route";
import type { ToKeep } from "./idempotent";
import { toSessionResource } from "./to-session-resource";

type Call<Input> = ApiCall<Input>;

/** `POST /checkout_sessions` */
export async function postSession(call: Call<SessionRequest>): Promise<ApiAnswer> {
  const created = await makeSession(call, call.input);
  if (!("orderId" in created)) return created;
  const { settings, livemode } = call;
  return created.loaded
    ? toResource(toSessionResource(settings, created.loaded, livemode), 201)
    : answerSession(call, created.orderId, 201);
}

/** `POST /checkout_sessions` of a new session, with its answer in one statement. */
export async function postSessionWithAnswer(
  call: Call<SessionRequest>,
  toKeep: ToKeep,
): Promise<ApiAnswer | undefined> {
  const { deps, settings, livemode } = call;
  const session =
    listInsecure(call).length === 0 ? prepareSession(deps, toNewSession(call, call.input)) : undefined;
  if (!session) return undefined;
  const answer = toResource(toSessionResource(settings, session.loaded, livemode), 201);
  return (await saveWithAnswer(deps, session.order, toKeep(answer))) ? answer : undefined;
}

/** The order of a new session, or of the one that the same request made before; or why there is none. */
export async function makeSession(
  call: Call<unknown>,
  input: SessionRequest,
): Promise<{ orderId: OrderId; loaded?: LoadedSession } | ApiAnswer> {
  const insecure = listInsecure({ ...call, input });
  if (insecure.length > 0) return toProblemAnswer(toProblem("address_not_allowed", { errors: insecure }));
  const created = await createSession(call.deps, toNewSession(call, input));
  return isMade(created) ? created : toFaultProblem(created);
}

const isMade = (created: CreateSession): created is Exclude<CreateSession, SessionFault> =>
  created.outcome === "created" || created.outcome === "exists";

/** In production a shopper is sent to no address without TLS. */
const listInsecure = ({ livemode, input }: Call<SessionRequest>): FieldError[] =>
  (["success_url", "cancel_url"] as const).flatMap((name) =>
    livemode && input[name]?.startsWith("http:")
      ? [{ pointer: `/${name}`, detail: "must begin with https://" }]
      : [],
  );

function toNewSession({ caller, requestKey }: Call<unknown>, input: SessionRequest): NewSession {
  return {
    checkoutKey: `api:${requestKey}`,
    actor: caller.actor,
    reference: input.reference,
    amount: input.amount,
    items: input.line_items?.map((item, index) => ({
      productId: item.id ?? `item-${index + 1}`,
      nameId: item.name,
      nameEn: item.name,
      price: item.price,
      quantity: item.quantity,
      category: item.category ?? "others",
      shipped: item.shippable ?? false,
      url: item.url ?? null,
      imageUrl: item.image_url ?? null,
    })),
    description: input.description,
    customer: input.customer ?? {},
    billing: input.billing_address && toAddress(input.billing_address),
    shipping: input.shipping_address && toAddress(input.shipping_address),
    channels: input.channels,
    locale: input.locale,
    expiresAt: input.expires_at === undefined ? undefined : new Date(input.expires_at),
    successUrl: input.success_url,
    cancelUrl: input.cancel_url,
    metadata: input.metadata ?? {},
  };
}

export const toAddress = (given: NonNullable<SessionRequest["billing_address"]>): Address => ({
  firstName: given.first_name,
  lastName: given.last_name,
  address: given.address,
  city: given.city,
  postalCode: given.postal_code,
  phone: given.phone,
});

function toFaultProblem(created: SessionFault): ApiAnswer {
  switch (created.outcome) {
    case "amount_mismatch": {
      const detail =
        created.sum === undefined
          ? "The line items have no sum."
          : `The line items add up to ${created.sum}.`;
      return toProblemAnswer(toProblem("amount_mismatch", { errors: [{ pointer: "/amount", detail }] }));
    }
    case "unknown_channel": {
      const detail = `${created.channel} does not exist or is switched off`;
      return toProblemAnswer(
        toProblem("channel_not_available", { errors: [{ pointer: "/channels", detail }] }),
      );
    }
    case "no_channel_fits":
      return toProblemAnswer(toProblem("no_channel_fits", { errors: created.reasons.map(toChannelError) }));
    case "expires_out_of_range": {
      const detail = `must be between ${created.earliest.toISOString()} and ${created.latest.toISOString()}`;
      return toProblemAnswer(
        toProblem("expires_at_out_of_range", { errors: [{ pointer: "/expires_at", detail }] }),
      );
    }
    case "reference_in_use":
      return toProblemAnswer(
        toProblem("reference_in_use", { checkout_session: toSessionId(created.orderId) }),
      );
  }
}

type Unfit = { channel: ChannelId; ineligibility: Ineligibility };

export const toChannelError = ({ channel, ineligibility }: Unfit): FieldError => ({
  pointer: ineligibility.because === "too_many_items" ? "/line_items" : "/amount",
  detail: `${channel}: ${ineligibility.because}${"limit" in ineligibility ? ` (${ineligibility.limit})` : ""}`,
});

/** `GET /checkout_sessions/{id}` */
export async function getSession(call: Call<unknown>): Promise<ApiAnswer> {
  const orderId = parseSessionId(call.params["id"] ?? "");
  return orderId ? answerSession(call, orderId) : notFound;
}

export async function answerSession(
  { deps, settings, livemode }: Call<unknown>,
  orderId: OrderId,
  httpStatus: 200 | 201 = 200,
): Promise<ApiAnswer> {
  const loaded = await loadSession(deps, orderId);
  return loaded ? toResource(toSessionResource(settings, loaded, livemode), httpStatus) : notFound;
}

/** `GET /checkout_sessions`, the newest first. */
export async function listSessions(call: Call<SessionListQuery>): Promise<ApiAnswer> {
  const { deps, settings, livemode, input } = call;
  const cursor = input.starting_after === undefined ? undefined : parseSessionId(input.starting_after);
  const after = cursor && (await findSession(deps.db, cursor));
  if (input.starting_after !== undefined && !after) return unknownCursor;
  const toDate = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  const ids = await listSessionIds(deps.db, {
    reference: input.reference,
    status: input.status,
    createdFrom: toDate(input["created[gte]"]),
    createdBefore: toDate(input["created[lt]"]),
    after,
    // One more shows whether there are more.
    most: input.limit + 1,
  });
  const loaded = await loadSessions(deps, ids.slice(0, input.limit));
  return toResource({
    object: "list",
    data: loaded.map((one) => toSessionResource(settings, one, livemode)),
    has_more: ids.length > input.limit,
  });
}

/** `POST /checkout_sessions/{id}/expire` */
export async function expireSession(call: Call<unknown>): Promise<ApiAnswer> {
  const orderId = parseSessionId(call.params["id"] ?? "");
  if (!orderId) return notFound;
  const ended = await cancelSession(call.deps, { orderId, actor: call.caller.actor });
  switch (ended.outcome) {
    case "ended":
    case "already_ended":
      return answerSession(call, orderId);
    case "already_paid":
      return toProblemAnswer(toProblem("not_possible", { detail: "The session is paid." }));
    case "not_found":
      return notFound;
  }
}
