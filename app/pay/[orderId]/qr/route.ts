import { toQrSvg } from "@/lib/server/barcode";
import { getSettings } from "@/lib/server/env/settings";
import { findPayable } from "../queries";

/** The address of the order's page as a QR code for another phone, while its code can be paid; else 404. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/pay/[orderId]/qr">,
): Promise<Response> {
  const found = await findPayable((await params).orderId);
  if (found.outcome === "unavailable") return new Response(null, { status: 503 });
  if (found.outcome !== "payable") return new Response(null, { status: 404 });
  const address = `${getSettings().appUrl}/pay/${found.view.orderId}`;
  const headers = { "Content-Type": "image/svg+xml", "Cache-Control": "private, max-age=86400" };
  return new Response(toQrSvg(address), { headers });
}
