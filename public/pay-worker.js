// @ts-check
/**
 * The service worker of the payment pages: a page with a code that can be paid opens without a network, also after a reload
 * (docs/decisions/039-pages-without-a-network.md). One cache for each page, named after its path, so that no page is shown at
 * another's address; it goes when the page says that its order has ended, or when its time is up.
 *
 * @typedef {{ waitUntil: (work: Promise<unknown>) => void }} WorkerEvent
 * @typedef {WorkerEvent & { request: Request, respondWith: (answer: Promise<Response>) => void }} FetchEvent
 * @typedef {{ act: "keep", path: string, until: number, shown: string, assets: string[] }} Keep
 * @typedef {Keep | { act: "forget", path: string }} Message
 */

const page = /^\/pay\/[A-Za-z0-9_-]{22}$/;
/** Scripts, styles, fonts, the merchant's logo, and the barcode of a page. */
const isAsset = (/** @type {string} */ path) =>
  /^\/_next\/static\/|^\/logo\/|^\/pay\/[A-Za-z0-9_-]{22}\/barcode/.test(path);
const prefix = "payment-page:";
/**
 * In every cache, as JSON. `until`: when the page is shown no longer, in milliseconds since 1970 by this phone's clock.
 * `shown`: what a page shows that may change, such as its deadline.
 */
const termsKey = "/pay/kept-terms";
const keptAtHeader = "x-kept-at";
/** A network that is slower than this counts as none, where a page is kept. */
const patienceMs = 5000;

/** @type {any} The type of a worker's global object would replace that of all other files. */
const worker = globalThis;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {WorkerEvent} */ event) =>
  event.waitUntil(Promise.all([worker.clients.claim(), forgetOver()])),
);
worker.addEventListener("message", (/** @type {WorkerEvent & { data: Message }} */ event) => {
  const { data } = event;
  if (page.test(data.path)) event.waitUntil(data.act === "keep" ? keep(data) : forget(data.path));
});
worker.addEventListener("fetch", (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && page.test(pathname)) event.respondWith(open(event, pathname));
  else if (isAsset(pathname)) event.respondWith(load(request));
});

const openCache = (/** @type {string} */ path) => caches.open(prefix + path);
const forget = (/** @type {string} */ path) => caches.delete(prefix + path);

/**
 * The page from the network, else the kept one.
 * @param {FetchEvent} event
 * @param {string} path
 */
async function open(event, path) {
  const { search } = new URL(event.request.url);
  const fresh = fetch(event.request).then((response) => {
    if (response.ok && !response.redirected && search === "") event.waitUntil(store(path, response.clone()));
    return response;
  });
  return preferFresh(fresh, await findKept(path));
}

const load = async (/** @type {Request} */ request) =>
  preferFresh(fetch(request), await caches.match(request));

/**
 * What the network answers, or what is kept where it does not answer in time, or a server or proxy that is down answers.
 * @param {Promise<Response>} fresh
 * @param {Response | undefined} kept
 */
function preferFresh(fresh, kept) {
  if (!kept) return fresh;
  const usable = fresh.then((response) => (response.status < 500 ? response : kept));
  const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
  return Promise.race([usable, patience.then(() => kept)]).catch(() => kept);
}

/** Only pages with a code: a page that says that something is wrong would be no help later. */
async function store(/** @type {string} */ path, /** @type {Response} */ response) {
  const html = await response.text();
  if (!html.includes("data-code=")) return;
  const headers = new Headers(response.headers);
  headers.set(keptAtHeader, String(Date.now()));
  // The text is not compressed any more.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  await (await openCache(path)).put(path, new Response(html, { headers }));
}

/** The kept page with the time at which it came, by which its script corrects what it counts. */
async function findKept(/** @type {string} */ path) {
  // To open a cache makes one.
  if (!(await caches.has(prefix + path))) return undefined;
  const cache = await openCache(path);
  const kept = await cache.match(path);
  if (!kept || !(await isInTime(cache))) return undefined;
  const { headers } = kept;
  const mark = `<meta name="kept-at" content="${Number(headers.get(keptAtHeader))}"/>`;
  return new Response((await kept.text()).replace("</head>", `${mark}</head>`), { headers });
}

/** @returns {Promise<{ until: number, shown?: string }>} */
const readTerms = async (/** @type {Cache} */ cache) =>
  (await (await cache.match(termsKey))?.json()) ?? { until: 0 };

const isInTime = async (/** @type {Cache} */ cache) => Date.now() < (await readTerms(cache)).until;

/**
 * Keeps what the page has loaded, and the page itself where it came before this worker, or has changed since.
 * @param {Keep} wanted
 */
async function keep({ path, until, shown, assets }) {
  const cache = await openCache(path);
  const isSame = (await readTerms(cache)).shown === shown;
  if (!isSame || !(await cache.match(path))) await store(path, await fetch(path));
  await cache.put(termsKey, Response.json({ until, shown }));
  const own = assets.filter(isAsset);
  // One that is gone belongs to a build before.
  await Promise.allSettled(own.map(async (address) => (await cache.match(address)) ?? cache.add(address)));
  const wanted = new Set([path, termsKey, ...own]);
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    if (!wanted.has(pathname + search)) await cache.delete(url);
  }
}

/** Pages whose time is up, also of those that were never opened again. */
async function forgetOver() {
  for (const name of await caches.keys())
    if (name.startsWith(prefix) && !(await isInTime(await caches.open(name)))) await caches.delete(name);
}
