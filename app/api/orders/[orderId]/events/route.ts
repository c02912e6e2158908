import { isOrderBrowser } from "@/db/queries/order-browsers";
import { OrderId } from "@/lib/payment/order-id";
import { loadView } from "@/lib/operations/checkout/load-order";
import { answerUnknown } from "@/lib/server/answer-view";
import { getClientAddress } from "@/lib/server/limits/client-address";
import { findBrowser } from "@/lib/server/browser";
import { getRuntime } from "@/lib/server/deps";
import { openStream } from "@/lib/server/live/event-stream";

/** Server-sent events: each `changed` means that the status has to be fetched again. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/orders/[orderId]/events">,
): Promise<Response> {
  const orderId = OrderId.safeParse((await params).orderId);
  const { deps, live } = await getRuntime();
  if (!orderId.success || !(await loadView(deps, orderId.data))) return answerUnknown(request);
  const browser = await findBrowser();
  const stream = openStream({
    orderId: orderId.data,
    client: getClientAddress(request.headers),
    isOwn: browser !== undefined && (await isOrderBrowser(deps.db, { orderId: orderId.data, browser })),
    signal: request.signal,
    subscribe: (listener) => live.subscribe(orderId.data, listener),
  });
  return stream ?? new Response(null, { status: 503, headers: { "retry-after": "30" } });
}
