import type { Instrumentation } from "next";

/**
 * Runs once when a server starts. A wrong setting must stop it: Next would keep running and answer 500 to everything.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./lib/server/start");
  await startServer();
}

/** Logs what a page, an action or a route handler threw; Next answers with an error page. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("./lib/server/log");
  log("error", "request_failed", {
    method: request.method,
    route: context.routePath,
    kind: context.routeType,
    error,
  });
};
