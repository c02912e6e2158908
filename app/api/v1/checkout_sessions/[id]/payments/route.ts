import { SessionPaymentRequest } from "@/lib/api/requests";
import { apiPost } from "@/lib/server/api/api-route";
import { postSessionPayment } from "@/lib/server/api/payment-calls";

export const POST = apiPost({
  scope: "payments:write",
  schema: SessionPaymentRequest,
  handle: postSessionPayment,
});
