import { getLocale, getTranslations } from "next-intl/server";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { getAppearance } from "@/lib/server/appearance";
import { findPayable } from "../queries";

const icon = (name: string, sizes: string, purpose: "any" | "maskable") =>
  ({ src: `/icons/${name}.png`, sizes, type: "image/png", purpose }) as const;

/**
 * With this a phone can put the order's page on its home screen, where it opens without a network as long as the code can
 * be paid; else 404. Nothing in it is private.
 */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/pay/[orderId]/manifest">,
): Promise<Response> {
  const found = await findPayable((await params).orderId);
  if (found.outcome === "unavailable") return new Response(null, { status: 503 });
  if (found.outcome !== "payable") return new Response(null, { status: 404 });
  const [locale, t] = [await getLocale(), await getTranslations("payment.live")];
  const { name: merchantName } = getAppearance();
  const page = `/pay/${found.view.orderId}`;
  const manifest = {
    id: page,
    start_url: page,
    scope: "/pay/",
    name: `${merchantName} · ${formatRupiah(found.view.amount, locale)}`,
    short_name: merchantName,
    display: "standalone",
    // The colours of app/globals.css; a manifest knows one theme.
    background_color: "#faf6ef",
    theme_color: "#faf6ef",
    icons: [
      icon("192", "192x192", "any"),
      icon("512", "512x512", "any"),
      icon("maskable-512", "512x512", "maskable"),
    ],
    shortcuts: [{ name: t("cashier.open"), url: `${page}#cashier` }],
  };
  return Response.json(manifest, { headers: { "Content-Type": "application/manifest+json" } });
}
