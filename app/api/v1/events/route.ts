import { EventListQuery } from "@/lib/api/requests";
import { apiGet } from "@/lib/server/api/api-route";
import { getEvents } from "@/lib/server/api/webhook-calls";

export const GET = apiGet({ scope: "events:read", schema: EventListQuery, handle: getEvents });
