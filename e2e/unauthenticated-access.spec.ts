import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { desk, openOrder, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { getCode, statusOf } from "./shopping";

/** From the files, so that a page that somebody adds is knocked at too. */
const officePages = readdirSync(join(import.meta.dirname, "../app/dashboard"), { recursive: true })
  .map(String)
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => join("/dashboard", dirname(file)));

/** Ways in that others have found around a proxy that alone decides who may enter. */
const ways: Record<string, Record<string, string>> = {
  plainly: {},
  "as the router does": { rsc: "1" },
  "ahead of time": { rsc: "1", "next-router-prefetch": "1" },
  "for one segment": { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
  "as a part of itself": { "x-middleware-subrequest": Array(5).fill("proxy").join(":") },
  "with a session made up": { cookie: "better-auth.session_token=AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA" },
};

test("no page of the dashboard says anything to a stranger, whatever way it is asked", async ({
  page,
  request,
  shopper,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  expect(officePages.length).toBeGreaterThan(7);
  for (const file of officePages) {
    const path = file.replace("[orderId]", orderId);
    for (const [way, headers] of Object.entries(ways)) {
      const answer = await request.get(path, { headers, maxRedirects: 0 });
      const text = await answer.text();
      expect(answer.status(), `${path}, ${way}`).toBeLessThan(500);
      if (!("rsc" in headers)) expect(answer.headers()["location"], `${path}, ${way}`).toMatch(/^\/sign-in/);
      for (const secret of [shopper.name, code]) expect(text, `${path}, ${way}`).not.toContain(secret);
    }
  }
});

test("a form of the merchant's does nothing in the hands of a stranger or from another site", async ({
  page,
  openPhone,
  request,
  shopper,
  trouble,
}) => {
  // Next says so in the shop's log when it refuses the other site.
  trouble.expect(/does not match `origin` header|Invalid Server Actions request|at ignore-listed frames/);
  const { orderId, code } = await getCode(page, shopper);
  const office = await openPhone({ ...desk, javaScriptEnabled: false });
  await signIn(office);
  await openOrder(office, code);
  const url = office.url();
  const origin = new URL(url).origin;
  const form = await fieldsOfForm(office, "cancel");

  const byStranger = await request.post(url, { headers: { origin }, multipart: form, maxRedirects: 0 });
  expect(byStranger.headers()["location"]).toMatch(/^\/sign-in/);
  const headers = { origin: "https://elsewhere.example" };
  const fromElsewhere = await office.request.post(url, { headers, multipart: form, maxRedirects: 0 });
  expect(fromElsewhere.ok()).toBe(false);
  expect(await statusOf(page, orderId)).toMatchObject({ status: "awaiting_payment", code });

  // The same form, from the page it stands on: so it was no other mistake that kept it from working.
  expect((await office.request.post(url, { headers: { origin }, multipart: form })).ok()).toBe(true);
  expect(await statusOf(page, orderId)).toMatchObject({ status: "cancelled" });
});

/** What a browser without scripts would send when the form's button for `act` is pressed. */
const fieldsOfForm = (page: Page, act: string): Promise<Record<string, string>> =>
  page
    .locator(`form:has([name="act"][value="${act}"])`)
    .first()
    .evaluate((form: HTMLFormElement, wanted) => {
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      return Object.fromEntries([...fields, ["act", wanted]]);
    }, act);
