import { expectAccessible } from "./accessibility";
import { desktop, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, fillForCounter, shownCode, submitButton } from "./shopping";

test("a shop's program asks for a session with a key from the dashboard, and sees it paid @core", async ({
  page,
  openPage,
  shopper,
  simulator,
  request,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/api_key_(created|revoked)/);
  const office = await openPage(desktop);
  await signIn(office);
  await office.goto("/dashboard/keys");
  await expectAccessible(office);
  const scopes = office.getByRole("group").getByRole("checkbox");
  await office.getByLabel("Nama kunci").fill("Toko web");
  for (const scope of await scopes.all()) await scope.uncheck();
  await office.getByRole("button", { name: "Buat kunci" }).click();
  await expect(office.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(office.getByLabel("Nama kunci")).toHaveValue("Toko web");
  for (const scope of await scopes.all()) {
    await expect(scope).not.toBeChecked();
    await scope.check();
  }
  await office.getByRole("button", { name: "Buat kunci" }).click();
  await expect(office.getByText("Salin sekarang", { exact: false })).toBeVisible();
  const key =
    (await office
      .getByText(/^kb_test_/)
      .first()
      .textContent()) ?? "";
  await expectAccessible(office);

  const headers = { authorization: `Bearer ${key}`, "idempotency-key": "order-1042" };
  const data = {
    reference: `1042-${shopper.name}`.replaceAll(" ", "-"),
    line_items: [{ name: "Kopi Gayo", price: 92_000, quantity: 1 }],
    channels: ["alfa"],
  };
  const made = await request.post("/api/v1/checkout_sessions", { headers, data });
  expect(made.status(), await made.text()).toBe(201);
  const session = await made.json();
  const again = await request.post("/api/v1/checkout_sessions", { headers, data });
  expect([(await again.json()).id, again.headers()["idempotent-replayed"]]).toEqual([session.id, "true"]);

  await page.goto(session.url);
  await expect(page.getByText("Kopi Gayo")).toBeVisible();
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await simulator.payAtTill(await shownCode(page));
  await expectPaidAtOnce(page);
  const seen = await request.get(`/api/v1/checkout_sessions/${session.id}`, { headers });
  expect(await seen.json()).toMatchObject({ status: "paid", payments: [{ status: "paid" }] });

  await office.goto("/dashboard/keys");
  await office.getByRole("button", { name: "Cabut Toko web" }).first().click();
  await expect(office.getByText("Dicabut").first()).toBeVisible();
  expect((await request.get(`/api/v1/checkout_sessions/${session.id}`, { headers })).status()).toBe(401);
  expect((await request.get("/api/v1/openapi.json")).status()).toBe(200);
});
