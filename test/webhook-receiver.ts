import { listen, readBody } from "./doku-replies";

export type ReceivedWebhook = { id: string; headers: Record<string, string>; body: string };

/** A shop's server for webhooks. `answer` says the status of each, and may take its time. */
export async function startReceiver(
  answer: (count: number) => number | Promise<number> = () => 204,
): Promise<{ url: string; received: ReceivedWebhook[]; close: () => Promise<void> }> {
  const received: ReceivedWebhook[] = [];
  const { url, close } = await listen(async (request, response) => {
    const body = (await readBody(request)).toString("utf8");
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value]] : [],
      ),
    );
    received.push({ id: headers["webhook-id"] ?? "", headers, body });
    response.statusCode = await answer(received.length);
    if (response.statusCode === 302) response.setHeader("location", "/elsewhere");
    response.end("answer of the shop");
  });
  return { url: `${url}/hooks`, received, close };
}
