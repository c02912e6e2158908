import { EmptyRequest, WebhookEndpointChange } from "@/lib/api/requests";
import { apiDelete, apiGet, apiPost } from "@/lib/server/api/api-route";
import { getEndpoint, patchEndpoint, removeEndpoint } from "@/lib/server/api/webhook-calls";

export const GET = apiGet({ scope: "webhooks:read", schema: EmptyRequest, handle: getEndpoint });
export const PATCH = apiPost({
  scope: "webhooks:write",
  schema: WebhookEndpointChange,
  handle: patchEndpoint,
});
export const DELETE = apiDelete({ scope: "webhooks:write", handle: removeEndpoint });
