import { loadView } from "@/lib/operations/checkout/load-order";
import { answerView } from "@/lib/server/answer-view";
import { getDeps } from "@/lib/server/deps";

/** The state of a payment page as JSON: see `PaymentView`. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/orders/[orderId]/status">,
): Promise<Response> {
  const { orderId } = await params;
  return answerView(request, async () => loadView(await getDeps(), orderId));
}
