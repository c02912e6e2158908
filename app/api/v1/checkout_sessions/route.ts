import { SessionListQuery, SessionRequest } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { listSessions, postSession, postSessionWithAnswer } from "@/lib/server/api/session-calls";

export const GET = apiGet({ scope: "sessions:read", schema: SessionListQuery, handle: listSessions });
export const POST = apiPost({
  scope: "sessions:write",
  schema: SessionRequest,
  handle: postSession,
  handleWithAnswer: postSessionWithAnswer,
});
