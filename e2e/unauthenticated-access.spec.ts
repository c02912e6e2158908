import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { listQueries, listSearchParams } from "../test/harness/search-params";
import { desktop, openOrder, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { getCode, fetchStatus } from "./shopping";

const officeFolder = join(import.meta.dirname, "../app/dashboard");
/** Listed from the files, so that new pages and new query parameters are tested too. */
const officePages = readdirSync(officeFolder, { recursive: true })
  .map(String)
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => ({
    route: join("/dashboard", dirname(file)),
    params: listSearchParams(readFileSync(join(officeFolder, file), "utf8")),
  }));

/** Headers by which requests have bypassed an authentication check in a proxy or middleware. */
const ways: Record<string, Record<string, string>> = {
  plainly: {},
  "as the router does": { rsc: "1" },
  "ahead of time": { rsc: "1", "next-router-prefetch": "1" },
  "for one segment": { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  "as a subrequest": { "x-middleware-subrequest": Array(5).fill("proxy").join(":") },
  "with a forged session": { cookie: "better-auth.session_token=AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA" },
};

const { plainly = {}, "as the router does": router = {} } = ways;
const mostUsualWays = { plainly, "as the router does": router };

const toQueryValue = (text: string): string => new URLSearchParams({ "": text }).toString().slice(1);

test("no page of the dashboard shows data without a session, whatever headers and query are sent @core", async ({
  page,
  request,
  shopper,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  expect(officePages.length).toBeGreaterThan(7);
  for (const { route, params } of officePages) {
    const path = route.replace("[orderId]", orderId);
    for (const query of listQueries(params, [shopper.name, code, orderId])) {
      for (const [way, headers] of Object.entries(query === "" ? ways : mostUsualWays)) {
        const what = `${path}${query}, ${way}`;
        const answer = await request.get(path + query, { headers, maxRedirects: 0 });
        const text = await answer.text();
        expect(answer.status(), what).toBeLessThan(500);
        if (!("rsc" in headers)) expect(answer.headers()["location"], what).toMatch(/^\/sign-in/);
        // Next repeats the query in its answer, so what was searched for may stand there.
        for (const secret of [shopper.name, code].filter((value) => !query.includes(toQueryValue(value))))
          expect(text, what).not.toContain(secret);
      }
    }
  }
});

test("a form of the dashboard does nothing without a session or from another site", async ({
  page,
  openPage,
  request,
  shopper,
  unexpectedOutput,
}) => {
  // Next logs that it rejects the other site.
  unexpectedOutput.expect(
    /does not match `origin` header|Invalid Server Actions request|at ignore-listed frames/,
  );
  const { orderId, code } = await getCode(page, shopper);
  const office = await openPage({ ...desktop, javaScriptEnabled: false });
  await signIn(office);
  await openOrder(office, code);
  const url = office.url();
  const origin = new URL(url).origin;
  const form = await collectFormFields(office, "cancel");

  const withoutSession = await request.post(url, { headers: { origin }, multipart: form, maxRedirects: 0 });
  expect(withoutSession.headers()["location"]).toMatch(/^\/sign-in/);
  const headers = { origin: "https://elsewhere.example" };
  const fromElsewhere = await office.request.post(url, { headers, multipart: form, maxRedirects: 0 });
  expect(fromElsewhere.ok()).toBe(false);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "awaiting_payment", code });

  // The same form works from its own page, so nothing else was wrong with it.
  expect((await office.request.post(url, { headers: { origin }, multipart: form })).ok()).toBe(true);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "cancelled" });
});

/** What a browser without scripts sends when the form's button for `act` is pressed. */
const collectFormFields = (page: Page, act: string): Promise<Record<string, string>> =>
  page
    .locator(`form:has([name="act"][value="${act}"])`)
    .first()
    .evaluate((form: HTMLFormElement, wanted) => {
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      return Object.fromEntries([...fields, ["act", wanted]]);
    }, act);
