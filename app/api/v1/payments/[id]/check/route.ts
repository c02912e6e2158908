import { EmptyRequest } from "@/lib/api/requests";
import { apiPost } from "@/lib/server/api/api-route";
import { postCheck } from "@/lib/server/api/payment-calls";

export const POST = apiPost({ scope: "payments:write", schema: EmptyRequest, handle: postCheck });
