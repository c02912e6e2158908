import { EmptyRequest } from "@/lib/api/requests";
import { apiGet } from "@/lib/server/api/api-route";
import { getTopUpCode } from "@/lib/server/api/code-calls";

export const GET = apiGet({ scope: "codes:read", schema: EmptyRequest, handle: getTopUpCode });
