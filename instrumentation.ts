/** Runs once when a server starts. A wrong setting must stop it: Next alone would stay up and answer 500 to everything. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./lib/server/start");
  await startServer();
}
