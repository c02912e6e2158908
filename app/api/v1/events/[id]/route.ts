import { EmptyRequest } from "@/lib/api/requests";
import { apiGet } from "@/lib/server/api/api-route";
import { getEvent } from "@/lib/server/api/webhook-calls";

export const GET = apiGet({ scope: "events:read", schema: EmptyRequest, handle: getEvent });
