import { getRuntime } from "@/lib/server/deps";

/** 200 when this process can serve and reach its database, else 503. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const { database } = await getRuntime();
    await database.ping();
    return Response.json({ status: "ok", database: database.kind }, { headers });
  } catch {
    return Response.json({ status: "unavailable" }, { status: 503, headers });
  }
}
