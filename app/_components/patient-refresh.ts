const retryMs = 5_000;
/** A page that fails this often although the server is ready is shown as it fails. */
const mostFailures = 3;

type Fetch = typeof fetch;

/**
 * Makes a refresh of the page wait for the network. Next puts the browser's error page in place of a page that it cannot
 * refresh, and what a person sees and has typed is lost; so a refresh without an answer, or with a proxy's 502, is sent
 * again once the server is ready. Everything else is sent as it is: links, prefetches, forms.
 */
export const withPatientRefresh =
  (send: Fetch): Fetch =>
  async (input, init) => {
    if (!isRefresh(input, init)) return send(input, init);
    let failures = 0;
    for (;;) {
      const answer = await send(input, init).catch((error: unknown) => {
        if (init?.signal?.aborted || !isThisPage(input)) throw error;
      });
      if (answer && answer.status >= 500) failures += 1;
      if (answer && (answer.status < 500 || failures === mostFailures || !isThisPage(input))) return answer;
      do await pause(retryMs);
      while (isThisPage(input) && !(await isServerReady(send)));
    }
  };

function isRefresh(input: Parameters<Fetch>[0], init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers);
  const isPrefetch = headers.has("next-router-prefetch") || headers.has("next-router-segment-prefetch");
  return headers.get("rsc") === "1" && !isPrefetch && isThisPage(input);
}

function isThisPage(input: Parameters<Fetch>[0]): boolean {
  const url = new URL(input instanceof Request ? input.url : input, location.href);
  url.searchParams.delete("_rsc");
  return url.origin === location.origin && url.pathname === location.pathname && isSameSearch(url);
}

const isSameSearch = (url: URL): boolean =>
  url.searchParams.toString() === new URLSearchParams(location.search).toString();

/** A proxy's error page and a network's sign-in page are answers too, but not of the server. */
async function isServerReady(send: Fetch): Promise<boolean> {
  try {
    const answer: unknown = await (await send("/api/health", { cache: "no-store" })).json();
    return typeof answer === "object" && answer !== null && "status" in answer && answer.status === "ok";
  } catch {
    return false;
  }
}

const pause = (milliseconds: number) => new Promise((over) => setTimeout(over, milliseconds));
