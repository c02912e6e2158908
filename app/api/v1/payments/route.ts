import { PaymentRequest } from "@/lib/api/requests";
import { apiPost } from "@/lib/server/api/api-route";
import { postPayment } from "@/lib/server/api/payment-calls";

export const POST = apiPost({ scope: "payments:write", schema: PaymentRequest, handle: postPayment });
