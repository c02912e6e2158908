import "server-only";
import { loadLinkFigures } from "@/db/queries/payment-link-figures";
import { findPaymentLink, listPaymentLinks } from "@/db/queries/payment-links";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { parsePaymentLinkId } from "@/lib/api/ids";
import type { PaymentLinkChangeRequest, PaymentLinkRequest } from "@/lib/api/payment-link";
import { toProblem } from "@/lib/api/problem";
import type { PaymentLinkListQuery } from "@/lib/api/requests";
import { changePaymentLink } from "@/lib/operations/payment-links/change-link";
import { createPaymentLink } from "@/lib/operations/payment-links/create-link";
import type { LinkFault, NewLink } from "@/lib/operations/payment-links/create-link";
import type { LinkPrice } from "@/lib/payment/payment-link";
import { notFound, toList, toProblemAnswer, toResource, unknownCursor } from "./answer";
import type { ApiAnswer } from "./answer";
import type { ApiCall } from "./api-route";
import { toChannelError } from "./session-calls";
import { toPaymentLinkResource } from "./to-payment-link-resource";

const toInvalid = (pointer: string, detail: string) =>
  toProblemAnswer(toProblem("invalid_request", { errors: [{ pointer, detail }] }));

const toDate = (text: string | undefined) => (text === undefined ? null : new Date(text));

/** `POST /payment_links` */
export async function postLink(call: ApiCall<PaymentLinkRequest>): Promise<ApiAnswer> {
  const price = toPrice(call.input);
  if (!price) return toInvalid("/amount", "is missing");
  const made = await createPaymentLink(call.deps, toNewLink(call, price));
  return "link" in made ? answerLink(call, made.link, 201) : toFaultProblem(made);
}

const toNewLink = (
  { input, caller, requestKey }: ApiCall<PaymentLinkRequest>,
  price: LinkPrice,
): NewLink => ({
  createKey: `api:${requestKey}`,
  actor: caller.actor,
  title: input.title,
  description: input.description ?? null,
  thanks: input.thanks_text ?? null,
  price,
  stock: input.stock ?? null,
  endsAt: toDate(input.ends_at),
  asks: input.collect ?? { phone: "no", address: "no", note: "no" },
});

function toPrice({ amount, min_amount, max_amount }: PaymentLinkRequest): LinkPrice | undefined {
  if (amount !== undefined) return { amount, minAmount: null, maxAmount: null };
  if (min_amount === undefined || max_amount === undefined) return undefined;
  return { amount: null, minAmount: min_amount, maxAmount: max_amount };
}

function toFaultProblem(fault: LinkFault): ApiAnswer {
  switch (fault.outcome) {
    case "wrong_range":
      return toInvalid("/max_amount", "must be above min_amount");
    case "phone_needed":
      return toInvalid("/collect/phone", "must be asked for at least as strictly as the address");
    case "ended_already":
      return toInvalid("/ends_at", "must be in the future");
    case "no_channel_fits": {
      const reasons = fault.fault.outcome === "no_channel_fits" ? fault.fault.reasons : [];
      return toProblemAnswer(toProblem("no_channel_fits", { errors: reasons.map(toChannelError) }));
    }
  }
}

/** `GET /payment_links/{id}` */
export async function getLink(call: ApiCall<unknown>): Promise<ApiAnswer> {
  const id = parsePaymentLinkId(call.params["id"] ?? "");
  const link = id === undefined ? undefined : await findPaymentLink(call.deps.db, { id });
  return link ? answerLink(call, link) : notFound;
}

/** `PATCH /payment_links/{id}` */
export async function patchLink(call: ApiCall<PaymentLinkChangeRequest>): Promise<ApiAnswer> {
  const id = parsePaymentLinkId(call.params["id"] ?? "");
  if (id === undefined) return notFound;
  const { title, description, thanks_text, stock, ends_at, active } = call.input;
  const changed = await changePaymentLink(call.deps, id, {
    title,
    description,
    thanks: thanks_text,
    stock,
    endsAt: ends_at === null ? null : (toDate(ends_at) ?? undefined),
    isOn: active,
  });
  return changed.outcome === "changed" ? answerLink(call, changed.link) : notFound;
}

/** `GET /payment_links`, the newest first. */
export async function listLinks(call: ApiCall<PaymentLinkListQuery>): Promise<ApiAnswer> {
  const { limit, starting_after: cursor } = call.input;
  const after = cursor === undefined ? undefined : parsePaymentLinkId(cursor);
  if (cursor !== undefined && (after === undefined || !(await findPaymentLink(call.deps.db, { id: after }))))
    return unknownCursor;
  // One more shows whether there are more.
  const found = await listPaymentLinks(call.deps.db, { after, most: limit + 1 });
  return toList(await toResources(call, found.slice(0, limit)), found.length > limit);
}

async function answerLink(
  call: ApiCall<unknown>,
  link: PaymentLinkRow,
  httpStatus: 200 | 201 = 200,
): Promise<ApiAnswer> {
  const [resource] = await toResources(call, [link]);
  return toResource(resource, httpStatus);
}

async function toResources({ deps, settings, livemode }: ApiCall<unknown>, links: PaymentLinkRow[]) {
  const getFigures = await loadLinkFigures(
    deps.db,
    links.map(({ id }) => id),
  );
  const { appUrl } = settings;
  const now = deps.now();
  return links.map((link) =>
    toPaymentLinkResource(link, { appUrl, figures: getFigures(link.id), now, livemode }),
  );
}
