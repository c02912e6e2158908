import { toBarcodeSvg } from "@/lib/server/barcode";
import { getSettings } from "@/lib/server/env/settings";
import { findPayable } from "../queries";

/** The order's code as a barcode, while it can be paid and the merchant shows barcodes; else 404. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/pay/[orderId]/barcode">,
): Promise<Response> {
  if (!getSettings().cashierBarcode) return new Response(null, { status: 404 });
  const found = await findPayable((await params).orderId);
  if (found.outcome === "unavailable") return new Response(null, { status: 503 });
  if (found.outcome !== "payable") return new Response(null, { status: 404 });
  return new Response(toBarcodeSvg(found.view.code), { headers: { "Content-Type": "image/svg+xml" } });
}
