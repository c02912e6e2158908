import { isUnavailable } from "@/db/rows";
import { claimPayment } from "@/lib/operations/cases/claim-payment";
import type { ClaimPayment } from "@/lib/operations/cases/claim-payment";
import { OrderId } from "@/lib/payment/order-id";
import { claimLimits } from "@/lib/payment/payment-claim";
import type { ClaimProblem } from "@/lib/payment/payment-claim";
import { answerUnknown } from "@/lib/server/answer-view";
import { isSameOrigin } from "@/lib/server/auth/auth-origin";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { encodePhoto } from "@/lib/server/images/encode-photo";
import { waitForClaim } from "@/lib/server/limits/limits";
import { failureLevel, log } from "@/lib/server/log";
import { readRequestBody } from "@/lib/server/request-body";

/** The photo with the parts of the form around it. */
const limitBytes = claimLimits.photoBytes + 16 * 1024;
/** A photo of 5 MB over a slow connection of a phone. */
const timeoutMs = 90_000;
/** Bodies that are read at once: what is not complete stays in memory. */
const mostOpen = 8;
let open = 0;

/**
 * Takes a claim to have paid, with or without JavaScript, from anyone who has the link
 * (docs/decisions/042-i-have-paid.md). No server action, because those take less (`bodySizeLimit` in next.config.mjs).
 */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/claims/[orderId]">,
): Promise<Response> {
  if (!isSameOrigin(request.headers, getSettings().appUrl)) return new Response(null, { status: 403 });
  const orderId = OrderId.safeParse((await params).orderId);
  if (!orderId.success) return answerUnknown(request);
  const result = await takeClaim(request, orderId.data).catch((error: unknown) => {
    log(failureLevel(error), "claim_failed", { error });
    return isUnavailable(error) ? ("busy" as const) : ("failed" as const);
  });
  if (result === "not_found") return answerUnknown(request);
  const page = `/pay/${orderId.data}`;
  return redirectTo(result === "claimed" ? page : `${page}/claim?problem=${result}`);
}

/** A body that was not read completely ends its connection. */
const redirectTo = (location: string) =>
  new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", connection: "close" },
  });

type Result = "claimed" | "not_found" | ClaimProblem;

async function takeClaim(request: Request, orderId: OrderId): Promise<Result> {
  const isBusy = open >= mostOpen;
  if (isBusy || (await waitForClaim(orderId, request.headers)) > 0) {
    // Nothing of it is kept.
    await readRequestBody(request, { limitBytes: 0 });
    return isBusy ? "busy" : "wait";
  }
  open++;
  try {
    const body = await readRequestBody(request, { limitBytes, timeoutMs });
    if (body.outcome === "too_large") return "too_large";
    if (body.outcome === "unreadable") return "failed";
    return await saveClaim(orderId, await parseForm(request, body.bytes));
  } finally {
    open--;
  }
}

const parseForm = (request: Request, bytes: Uint8Array): Promise<FormData> => {
  const type = request.headers.get("content-type") ?? "";
  return new Response(Buffer.from(bytes), { headers: { "content-type": type } }).formData();
};

async function saveClaim(orderId: OrderId, form: FormData): Promise<Result> {
  const file = form.get("photo");
  // A browser sends an empty file where none was chosen.
  const encoded =
    file instanceof Blob && file.size > 0
      ? await encodePhoto(new Uint8Array(await file.arrayBuffer()))
      : undefined;
  if (encoded && encoded.outcome !== "encoded") return encoded.outcome;
  const claimed = await claimPayment(await getDeps(), {
    orderId,
    receiptNumber: getText(form, "receiptNumber"),
    note: getText(form, "note"),
    photo: encoded?.photo,
  });
  return toResult(claimed);
}

const getText = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

/** What is final, or claimed already, the payment page says. */
const toResult = ({ outcome }: ClaimPayment): Result =>
  outcome === "already_open" || outcome === "nothing_to_claim" ? "claimed" : outcome;
