import { ResendRequest } from "@/lib/api/requests";
import { apiPost } from "@/lib/server/api/api-route";
import { postResend } from "@/lib/server/api/webhook-calls";

export const POST = apiPost({ scope: "webhooks:write", schema: ResendRequest, handle: postResend });
