import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { parseSettings } from "@/lib/server/env/settings";
import { expectContract } from "@/test/contract/expect-contract";
import { listQueries, listSearchParams } from "@/test/harness/search-params";
import { served } from "@/test/next-headers";

/**
 * `public`: everyone. `order_id`: who knows the order's unguessable id. `doku`: who signs with the merchant's
 * key at DOKU. `staff`: a signed-in staff user. `api_key`: a program with a key of the merchant's API. `email`: who has the
 * signed link of an e-mail.
 */
type Caller = "public" | "order_id" | "doku" | "staff" | "api_key" | "email";

/** Every route handler, without the methods that it refuses. */
const routes: Record<string, Caller> = {
  "GET /api/health": "public",
  "GET /products/[productId]/picture": "public",
  "GET /l/[slug]/picture": "public",
  "GET /logo/[hash]": "public",
  "GET /pay/[orderId]/barcode": "order_id",
  "GET /pay/[orderId]/qr": "order_id",
  "GET /pay/[orderId]/manifest": "order_id",
  "GET /pay/[orderId]/continue": "order_id",
  "GET /pay/[orderId]/reminder": "order_id",
  "POST /api/orders/[orderId]/check": "order_id",
  "POST /api/claims/[orderId]": "order_id",
  "GET /api/orders/[orderId]/events": "order_id",
  "GET /api/orders/[orderId]/status": "order_id",
  "GET /api/reminders/[token]": "email",
  "POST /api/reminders/[token]": "email",
  "POST /api/doku": "doku",
  "POST /api/doku/inquiries": "doku",
  "POST /api/doku/notifications": "doku",
  "GET /api/v1/openapi.json": "public",
  // They answer that there is no such address.
  "GET /api/v1/[...missing]": "public",
  "POST /api/v1/[...missing]": "public",
  "PATCH /api/v1/[...missing]": "public",
  "PUT /api/v1/[...missing]": "public",
  "DELETE /api/v1/[...missing]": "public",
  "GET /api/v1/checkout_sessions": "api_key",
  "POST /api/v1/checkout_sessions": "api_key",
  "GET /api/v1/checkout_sessions/[id]": "api_key",
  "POST /api/v1/checkout_sessions/[id]/expire": "api_key",
  "POST /api/v1/checkout_sessions/[id]/payments": "api_key",
  "POST /api/v1/payments": "api_key",
  "GET /api/v1/payments/[id]": "api_key",
  "PATCH /api/v1/payments/[id]": "api_key",
  "POST /api/v1/payments/[id]/cancel": "api_key",
  "POST /api/v1/payments/[id]/check": "api_key",
  "GET /api/v1/bills": "api_key",
  "POST /api/v1/bills": "api_key",
  "GET /api/v1/bills/[id]": "api_key",
  "GET /api/v1/top_up_codes": "api_key",
  "POST /api/v1/top_up_codes": "api_key",
  "GET /api/v1/top_up_codes/[id]": "api_key",
  "GET /api/v1/events": "api_key",
  "GET /api/v1/events/[id]": "api_key",
  "GET /api/v1/webhook_endpoints": "api_key",
  "POST /api/v1/webhook_endpoints": "api_key",
  "GET /api/v1/webhook_endpoints/[id]": "api_key",
  "PATCH /api/v1/webhook_endpoints/[id]": "api_key",
  "DELETE /api/v1/webhook_endpoints/[id]": "api_key",
  "POST /api/v1/webhook_endpoints/[id]/rotate_secret": "api_key",
  "POST /api/v1/webhook_endpoints/[id]/test": "api_key",
  "POST /api/v1/webhook_endpoints/[id]/resend": "api_key",
  "GET /api/v1/webhook_deliveries": "api_key",
  "POST /api/v1/webhook_deliveries/[id]/resend": "api_key",
  "GET /api/v1/payment_links": "api_key",
  "POST /api/v1/payment_links": "api_key",
  "GET /api/v1/payment_links/[id]": "api_key",
  "PATCH /api/v1/payment_links/[id]": "api_key",
  "POST /api/dashboard/bills": "staff",
  "POST /api/dashboard/links/[linkId]/picture": "staff",
  "POST /api/dashboard/appearance/logo": "staff",
  "GET /api/dashboard/claims/[caseId]/photo": "staff",
  "GET /api/dashboard/events": "staff",
};

/** Every server action: any browser can call it with any form, whichever page shows that form. */
const actions: Record<string, Caller> = {
  "app/(shop)/actions.ts checkOut": "public",
  "app/(shop)/actions.ts chooseLocale": "public",
  "app/(shop)/actions.ts saveQuantity": "public",
  "app/l/[slug]/actions.ts orderFromLink": "public",
  "app/reminders/[token]/actions.ts chooseRemindersFromPage": "email",
  "app/sign-in/actions.ts signIn": "public",
  "app/checkout/[orderId]/actions.ts startCheckoutPayment": "order_id",
  "app/pay/[orderId]/actions.ts askDoku": "order_id",
  "app/pay/[orderId]/actions.ts cancelCode": "order_id",
  "app/pay/[orderId]/actions.ts chooseAnotherMethod": "order_id",
  "app/pay/[orderId]/actions.ts extendTime": "order_id",
  "app/pay/[orderId]/actions.ts proveOrder": "order_id",
  "app/dashboard/actions.ts searchOrders": "staff",
  "app/dashboard/appearance/actions.ts saveAppearance": "staff",
  "app/dashboard/appearance/actions.ts removeLogo": "staff",
  "app/dashboard/cases/actions.ts decideCase": "staff",
  "app/dashboard/keys/actions.ts createKey": "staff",
  "app/dashboard/keys/actions.ts revokeKey": "staff",
  "app/dashboard/links/actions.ts changeLink": "staff",
  "app/dashboard/links/actions.ts createLink": "staff",
  "app/dashboard/links/actions.ts removePicture": "staff",
  "app/dashboard/links/actions.ts switchLink": "staff",
  "app/dashboard/new/actions.ts createCode": "staff",
  "app/dashboard/orders/[orderId]/actions.ts actOnPayment": "staff",
  "app/dashboard/webhooks/actions.ts addEndpoint": "staff",
  "app/dashboard/webhooks/actions.ts saveEndpointForm": "staff",
  "app/dashboard/webhooks/actions.ts switchEndpoint": "staff",
  "app/dashboard/webhooks/actions.ts replaceSecret": "staff",
  "app/dashboard/webhooks/actions.ts testEndpoint": "staff",
  "app/dashboard/webhooks/actions.ts removeEndpoint": "staff",
  "app/dashboard/webhooks/actions.ts resendDelivery": "staff",
  "app/dashboard/webhooks/actions.ts resendRange": "staff",
  "app/sign-in/actions.ts signOut": "staff",
};

const root = path.resolve(import.meta.dirname, "../..");
const source = (file: string): string => readFileSync(path.join(root, file), "utf8");
const load = (file: string) => import(/* @vite-ignore */ path.join(root, file));

const listFiles = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name));

const appFiles = listFiles("app");
const routeFiles = appFiles.filter((file) => /\/route\.tsx?$/.test(file));
const staffPages = appFiles.filter((file) => /^app\/dashboard\/(.*\/)?page\.tsx$/.test(file));

/** `app/(shop)/products/[productId]/picture/route.ts` serves `/products/[productId]/picture`. */
const toAddress = (file: string): string =>
  file
    .replace(/^app/, "")
    .replace(/\/(route|page)\.tsx?$/, "")
    .replace(/\/\([^)]*\)/g, "");

const methods = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";

/** The methods that a route handler exports, without those that `refuseMethod` answers. */
function listMethods(file: string): string[] {
  const text = source(file);
  const declared = text.matchAll(new RegExp(`^export (?:async )?(?:function|const) (${methods})\\b`, "gm"));
  const renamed = [...text.matchAll(new RegExp(`(\\w+)(?: as (${methods}))\\b`, "g"))].filter(
    ([, name]) => name !== "refuseMethod",
  );
  return [...[...declared].map(([, method = ""]) => method), ...renamed.map(([, , method = ""]) => method)];
}

const listActions = (file: string): string[] =>
  [...source(file).matchAll(/^export (?:async function|function|const|let) (\w+)/gm)].map(
    ([, name]) => `${file} ${name}`,
  );

const toRows = (table: Record<string, Caller>, caller: Caller): string[] =>
  Object.keys(table).filter((row) => table[row] === caller);

describe("the tables of who may call what", () => {
  test("have a row for every method of every route handler, and no other", () => {
    const handled = routeFiles.flatMap((file) =>
      listMethods(file).map((method) => `${method} ${toAddress(file)}`),
    );
    expect(handled.toSorted()).toEqual(Object.keys(routes).toSorted());
    for (const file of routeFiles) expect(listMethods(file), file).not.toEqual([]);
    for (const file of routeFiles)
      expect(source(file), file).not.toMatch(/^export \* |^export \{[^}]*\} from/m);
  });

  test("have a row for every server action, and no other", () => {
    const files = ["app", "components", "lib"]
      .flatMap(listFiles)
      .filter((file) => /["']use server["']/.test(source(file)));
    expect(files.flatMap(listActions).toSorted()).toEqual(Object.keys(actions).toSorted());
    // An action inside a component or behind another kind of export would have no row.
    for (const file of files) {
      expect(source(file), file).toMatch(/^"use server";/);
      expect(source(file).match(/use server/g), file).toHaveLength(1);
      expect(source(file), file).not.toMatch(/^export (default|\*|\{)/m);
    }
  });

  test("give everything below the dashboard to staff, and what has an order's id to its holder", () => {
    for (const [row, caller] of Object.entries({ ...routes, ...actions })) {
      if (row.includes("/dashboard/")) expect(caller, row).toBe("staff");
      else if (row.includes("[orderId]")) expect(caller, row).toBe("order_id");
    }
  });
});

const appUrl = "https://shop.example";
vi.mock("next/headers", () => import("@/test/next-headers"));

/** Anything behind the check of the session would open the database, and fail by that. */
function forbidDatabase(): void {
  const forbidden = Promise.reject(new Error("something was done before the check of the session"));
  forbidden.catch(() => undefined);
  globalThis.kodeBayarRuntime = forbidden;
}

function serveWith(session: unknown): void {
  const read = parseSettings({ APP_URL: appUrl });
  if (read.outcome === "wrong") throw new Error(read.problems.join("\n"));
  globalThis.kodeBayarSettings = read.settings;
  const auth = { api: { getSession: () => Promise.resolve(session) } };
  globalThis.kodeBayarAuth = Promise.resolve(auth) as unknown as NonNullable<typeof globalThis.kodeBayarAuth>;
  forbidDatabase();
}

const asForm = { "content-type": "multipart/form-data; boundary=x" };
const fromOurPage = { origin: appUrl, "sec-fetch-site": "same-origin" };
const toSignIn = { digest: expect.stringMatching(/^NEXT_REDIRECT;[a-z]+;\/sign-in(\?|;)/) as unknown };

const callAction = async (row: string, headers: Record<string, string>): Promise<unknown> => {
  const [file = "", name = ""] = row.split(/ (?=\w+$)/);
  served.headers = new Headers(headers);
  const form = new FormData();
  return (await load(file))[name](undefined, form);
};

async function loadHandler(row: string) {
  const [method = "", address = ""] = row.split(" ");
  const file = routeFiles.find((name) => toAddress(name) === address) ?? "";
  return (await load(file))[method];
}

async function callRoute(row: string, headers: Record<string, string>): Promise<Response> {
  const [method = "", address = ""] = row.split(" ");
  const handler = await loadHandler(row);
  served.headers = new Headers(headers);
  const init = { method, headers, ...(method === "GET" ? {} : { body: "x" }) };
  return handler(new Request(appUrl + address, init), { params: Promise.resolve({}) });
}

describe("a stranger", () => {
  beforeEach(() => serveWith(null));

  test.each(toRows(routes, "staff"))("gets 401 and nothing else: %s", async (row) => {
    for (const headers of [{}, fromOurPage, { cookie: "kode-bayar=forged" }] as Record<string, string>[]) {
      const response = await callRoute(row, headers);
      expect([response.status, await response.text()]).toEqual([401, ""]);
    }
  });

  test.each(toRows(routes, "api_key"))("gets a problem document with 401: %s", async (row) => {
    const forged = { authorization: `Bearer kb_live_${"A".repeat(43)}` };
    for (const headers of [{}, fromOurPage, forged, { authorization: "Bearer x" }] as Record<
      string,
      string
    >[]) {
      const response = await callRoute(row, headers);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        401,
        "application/problem+json",
      ]);
      expectContract(await loadHandler(row), response, await response.json());
    }
  });

  test.each(toRows(actions, "staff"))("is sent to the sign-in page: %s", async (row) => {
    await expect(callAction(row, { ...asForm, ...fromOurPage })).rejects.toMatchObject(toSignIn);
  });

  test.each(staffPages)("is sent to the sign-in page, whatever the query is: %s", async (file) => {
    const { default: Page, generateMetadata } = await load(file);
    served.headers = new Headers({ accept: "text/html" });
    const params = { orderId: "AAAAAAAAAAAAAAAAAAAAAA" };
    for (const query of listQueries(listSearchParams(source(file)), ["x", params.orderId])) {
      const searchParams = Promise.resolve(Object.fromEntries(new URLSearchParams(query)));
      const page = async () => Page({ params: Promise.resolve(params), searchParams });
      await expect(page(), query).rejects.toMatchObject(toSignIn);
    }
    expect(generateMetadata?.length ?? 0, "a title needs nothing of the order").toBe(0);
  });
});

describe("another site's form, in the browser of a signed-in staff user", () => {
  beforeEach(() => {
    const user = { id: "m", name: "Sri", email: "sri@example.id" };
    serveWith({ session: { id: "s", updatedAt: new Date() }, user });
  });
  const elsewhere = { ...asForm, origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };

  test.each(toRows(actions, "staff"))("does nothing: %s", async (row) => {
    await expect(callAction(row, elsewhere)).rejects.toMatchObject(toSignIn);
    await expect(callAction(row, asForm), "without an origin").rejects.toMatchObject(toSignIn);
  });

  test.each(toRows(routes, "staff").filter((row) => !row.startsWith("GET ")))(
    "does nothing: %s",
    async (row) => {
      expect((await callRoute(row, elsewhere)).status).toBe(401);
    },
  );
});
