import { EmptyRequest } from "@/lib/api/requests";
import { apiGet } from "@/lib/server/api/api-route";
import { getSession } from "@/lib/server/api/session-calls";

export const GET = apiGet({ scope: "sessions:read", schema: EmptyRequest, handle: getSession });
