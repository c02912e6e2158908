import { NextResponse } from "next/server";
import { findLivePayment } from "@/db/queries/payments";
import { findHost } from "@/lib/parsing/hosts";
import { isAllowedPaymentUrl } from "@/lib/parsing/payment-url";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { getSettings } from "@/lib/server/env/settings";

/** Redirects to the acquirer's page, only to allowed hosts. Nothing else reveals the address of that page. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/pay/[orderId]/continue">,
): Promise<Response> {
  const orderId = OrderId.safeParse((await params).orderId);
  if (!orderId.success) return new Response(null, { status: 404 });
  const settings = getSettings();
  const payment = await findLivePayment((await getDeps()).db, orderId.data);
  const url = payment?.status === "awaiting_payment" ? payment.paymentUrl : null;
  if (url && isAllowedPaymentUrl(url, settings.paymentDestinations)) return NextResponse.redirect(url, 303);
  if (url) log("error", "payment_url_refused", { invoice: payment?.invoiceNumber, host: findHost(url) });
  return NextResponse.redirect(`${settings.appUrl}/pay/${orderId.data}`, 303);
}
