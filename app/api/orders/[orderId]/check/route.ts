import { requestCheckAsShopper } from "@/lib/operations/reconciliation/request-check-as-shopper";
import { answerView } from "@/lib/server/answer-view";
import { getDeps } from "@/lib/server/deps";

/** Asks DOKU now, at most once a minute for one payment, and answers with the view. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/orders/[orderId]/check">,
): Promise<Response> {
  const { orderId } = await params;
  return answerView(request, async () => requestCheckAsShopper(await getDeps(), orderId));
}
