import { PaymentLinkChangeRequest } from "@/lib/api/payment-link";
import { EmptyRequest } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { getLink, patchLink } from "@/lib/server/api/link-calls";

export const GET = apiGet({ scope: "links:read", schema: EmptyRequest, handle: getLink });
export const PATCH = apiPost({ scope: "links:write", schema: PaymentLinkChangeRequest, handle: patchLink });
