import { EmptyRequest } from "@/lib/api/requests";
import { apiPost } from "@/lib/server/api/api-route";
import { postRotation } from "@/lib/server/api/webhook-calls";

export const POST = apiPost({ scope: "webhooks:write", schema: EmptyRequest, handle: postRotation });
