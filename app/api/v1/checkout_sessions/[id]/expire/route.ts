import { EmptyRequest } from "@/lib/api/requests";
import { apiPost } from "@/lib/server/api/api-route";
import { expireSession } from "@/lib/server/api/session-calls";

export const POST = apiPost({ scope: "sessions:write", schema: EmptyRequest, handle: expireSession });
