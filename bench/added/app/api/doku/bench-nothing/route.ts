export const dynamic = "force-dynamic";

/** What one request costs before anything is done with it: its body is read, as every handler of messages must. */
export async function POST(request: Request): Promise<Response> {
  await request.arrayBuffer();
  return Response.json({ result: "received" }, { headers: { "cache-control": "no-store, no-transform" } });
}
