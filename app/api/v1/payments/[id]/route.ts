import { EmptyRequest, PaymentChangeRequest } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { getPayment, patchPayment } from "@/lib/server/api/payment-calls";

export const GET = apiGet({ scope: "payments:read", schema: EmptyRequest, handle: getPayment });
export const PATCH = apiPost({
  scope: "payments:write",
  schema: PaymentChangeRequest,
  handle: patchPayment,
});
