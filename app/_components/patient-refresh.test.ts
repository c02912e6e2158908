import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withPatientRefresh } from "./patient-refresh";

const page = "https://shop.example/dashboard?list=open";
const refresh = { headers: { rsc: "1", "next-router-state-tree": "[]" } };
const health = () => Response.json({ status: "ok" });
const news = () => new Response("news", { headers: { "content-type": "text/x-component" } });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("location", new URL(page));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Answers each address in turn, as long as there is something left for it; then nothing. */
function sender(answers: Record<string, (() => Response)[]>) {
  const asked: string[] = [];
  const send = async (input: Parameters<typeof fetch>[0]): Promise<Response> => {
    const { pathname } = new URL(String(input), page);
    asked.push(pathname);
    return (answers[pathname]?.shift() ?? offline)();
  };
  return { asked, fetch: withPatientRefresh(send) };
}

const offline = (): Response => {
  throw new TypeError("Failed to fetch");
};
const badGateway = () => new Response("<h1>502</h1>", { status: 502 });

describe("a refresh of the page", () => {
  test("is sent again once the server is ready", async () => {
    const { fetch, asked } = sender({
      "/dashboard": [offline, badGateway, news],
      "/api/health": [offline, badGateway, health, health],
    });
    const answer = fetch(`${page}&_rsc=1`, refresh);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await (await answer).text()).toBe("news");
    expect(asked.filter((path) => path === "/dashboard")).toHaveLength(3);
  });

  test("does not wait for ever for a page that fails on a server that is ready", async () => {
    const { fetch } = sender({
      "/dashboard": [badGateway, badGateway, badGateway, news],
      "/api/health": [health, health, health],
    });
    const answer = fetch(`${page}&_rsc=1`, refresh);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await answer).status).toBe(502);
  });

  test("ends with the page", async () => {
    const { fetch, asked } = sender({});
    const answer = fetch(`${page}&_rsc=1`, refresh).catch(() => "given up");
    await vi.advanceTimersByTimeAsync(12_000);
    vi.stubGlobal("location", new URL("https://shop.example/dashboard/cases"));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await answer).toBe("given up");
    expect(asked.filter((path) => path === "/api/health").length).toBeGreaterThan(1);
  });
});

test.each([
  ["a link", "https://shop.example/dashboard/cases", refresh],
  ["a prefetch", page, { headers: { ...refresh.headers, "next-router-prefetch": "1" } }],
  ["a form", page, { method: "POST", headers: { "next-action": "00" } }],
  ["a question of the page's own", "/api/orders/1/status", undefined],
])("%s is sent once", async (_what, url, init) => {
  const { fetch, asked } = sender({});
  await expect(fetch(url, init)).rejects.toThrow("Failed to fetch");
  expect(asked).toHaveLength(1);
});
