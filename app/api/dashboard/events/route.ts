import { getClientAddress } from "@/lib/server/limits/client-address";
import { getRuntime } from "@/lib/server/deps";
import { openStream } from "@/lib/server/live/event-stream";
import { findStaffSession, isStaffSessionOpen } from "@/lib/server/auth/session";

/** A busy shop changes more often than a page can be read. */
const minIntervalMs = 1000;

/**
 * Server-sent events for the dashboard: each `changed` means that some order changed. The stream ends with its session.
 */
export async function GET(request: Request): Promise<Response> {
  const session = await findStaffSession();
  if (!session) return new Response(null, { status: 401, headers: { "cache-control": "no-store" } });
  const { live } = await getRuntime();
  const stream = openStream({
    orderId: `dashboard of ${session.user.id}`,
    client: getClientAddress(request.headers),
    isOwn: true,
    signal: request.signal,
    isAllowed: () => isStaffSessionOpen(session.id),
    subscribe: (listener) => coalesce(listener, (onChange) => live.subscribe("all", onChange)),
  });
  return stream ?? new Response(null, { status: 503, headers: { "retry-after": "30" } });
}

/** Passes the first change on at once, and those of the following second as one at its end. */
function coalesce(listener: () => void, subscribe: (onChange: () => void) => () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isMore = false;
  const notify = () => {
    isMore = false;
    listener();
    timer = setTimeout(() => {
      timer = undefined;
      if (isMore) notify();
    }, minIntervalMs);
  };
  const unsubscribe = subscribe(() => {
    if (timer) isMore = true;
    else notify();
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
