import { getDrawing } from "@/app/(shop)/_components/product-drawings";

/** The drawing that the acquirer's payment page shows beside the product, in this shop's colours. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/products/[productId]/picture">,
): Promise<Response> {
  const { productId } = await params;
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 80 80" width="320" height="320">' +
    '<rect x="-8" y="-8" width="80" height="80" fill="#faf6ef"/>' +
    '<g fill="none" stroke="#0c6b52" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">' +
    `${getDrawing(productId)}</g></svg>`;
  const headers = { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" };
  return new Response(svg, { headers });
}
