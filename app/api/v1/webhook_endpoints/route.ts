import { EmptyRequest, WebhookEndpointRequest } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { getEndpoints, postEndpoint } from "@/lib/server/api/webhook-calls";

export const GET = apiGet({ scope: "webhooks:read", schema: EmptyRequest, handle: getEndpoints });
export const POST = apiPost({
  scope: "webhooks:write",
  schema: WebhookEndpointRequest,
  handle: postEndpoint,
});
