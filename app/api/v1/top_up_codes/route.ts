import { TopUpCodeListQuery, TopUpCodeRequest } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { getTopUpCodes, postTopUpCode } from "@/lib/server/api/code-calls";

export const GET = apiGet({ scope: "codes:read", schema: TopUpCodeListQuery, handle: getTopUpCodes });
export const POST = apiPost({ scope: "codes:write", schema: TopUpCodeRequest, handle: postTopUpCode });
