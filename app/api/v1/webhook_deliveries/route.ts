import { DeliveryListQuery } from "@/lib/api/requests";
import { apiGet } from "@/lib/server/api/api-route";
import { getDeliveries } from "@/lib/server/api/webhook-calls";

export const GET = apiGet({ scope: "webhooks:read", schema: DeliveryListQuery, handle: getDeliveries });
