import { PaymentLinkRequest } from "@/lib/api/payment-link";
import { PaymentLinkListQuery } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { listLinks, postLink } from "@/lib/server/api/link-calls";

export const GET = apiGet({ scope: "links:read", schema: PaymentLinkListQuery, handle: listLinks });
export const POST = apiPost({ scope: "links:write", schema: PaymentLinkRequest, handle: postLink });
