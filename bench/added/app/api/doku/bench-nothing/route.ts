/** What one request costs before anything is done with it. Below api/doku, where no proxy runs either. */
export function POST(): Response {
  return Response.json({ result: "received" }, { headers: { "cache-control": "no-store" } });
}
