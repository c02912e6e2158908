// Codes and bills that staff create in the dashboard.
import type { Page } from "@playwright/test";
import { callSimulator, getBill, getLastSegment, payAtTill, signIn, waitForStatus } from "./actions";
import type { Stage } from "./actions";

const insuredFields = {
  amount: "1.250.000",
  description: "Premi Dana Pendidikan, Mei",
  name: "Taufik Ismail",
  info: "Premi Dana Pendidikan",
  footer1: "Simpan struk ini sebagai bukti bayar.",
  footer2: "Call Center 021 555-0525",
  policyType: "Dana Pendidikan",
  policyNumber: "9090901234",
  policyAccountName: "Taufik Ismail",
  policyStatus: "aktif",
  billDueDate: "21 May 2021",
};

type CodeForm = {
  kind?: "dgpc" | "mgpc" | "dipc";
  channel?: "alfa" | "indomaret";
  reusable?: boolean;
  /** By name. */
  fields?: Record<string, string>;
};

/** Fills in the form of a new code. */
export async function fillCodeForm(
  page: Page,
  { kind = "dgpc", channel = "alfa", reusable = false, fields = {} }: CodeForm,
): Promise<void> {
  await page.locator(`#channel-${channel}`).check({ force: true });
  await page.locator(`#kind-${kind}`).check({ force: true });
  await page.evaluate(() =>
    document.querySelectorAll<HTMLDetailsElement>("form.make details").forEach((part) => (part.open = true)),
  );
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value);
  if (reusable) await page.locator('[name="reusable"]').check();
}

export const fillInsured = (page: Page): Promise<void> => fillCodeForm(page, { fields: insuredFields });

/** @returns the id of the order */
async function createCode(stage: Stage, form: CodeForm): Promise<string> {
  const { browser, app } = stage;
  const context = await browser.newContext({ storageState: await signIn(stage), locale: "id-ID" });
  const page = await context.newPage();
  await page.goto(`${app.url}/dashboard/new`);
  await fillCodeForm(page, form);
  await page.locator('form.make button[type="submit"]').click();
  await page.waitForURL(/\/dashboard\/orders\//, { timeout: 30_000 });
  const id = getLastSegment(page);
  await context.close();
  return id;
}

/** Orders of codes that staff created, by the names that the scenes use. */
export const createdOrders = {
  topUp: async (stage: Stage): Promise<string> => {
    const name = "Putu Ayu";
    const fields = { amount: "100.000", description: "Isi ulang saldo warung", name, lasts: "30" };
    const id = await createCode(stage, { kind: "mgpc", reusable: true, fields });
    for (let times = 0; times < 3; times += 1) await payAtTill(stage, name);
    await waitForStatus(stage, id, (view) => view.timesPaid === 3);
    return id;
  },
  topUpUnpaid: (stage: Stage): Promise<string> =>
    createCode(stage, {
      reusable: true,
      fields: {
        amount: "50.000",
        description: "Iuran bulanan kelas batik",
        name: "Rahmat Hidayatullah Kusumawardhana",
      },
    }),
  held: async (stage: Stage): Promise<string> => {
    const id = await createCode(stage, {
      kind: "dipc",
      fields: {
        amount: "325.000",
        description: "Iuran sekolah, November",
        name: "Made Suastika",
        footer1: "Yayasan Senja, 0812 3456 7890",
      },
    });
    const { code } = await waitForStatus(stage, id, (view) => view.code !== undefined);
    await callSimulator(stage, "till/inquiry", { code });
    await callSimulator(stage, "till/pay?wait=1", { code });
    await waitForStatus(stage, id, (view) => view.status === "paid");
    return id;
  },
  heldUninquired: (stage: Stage): Promise<string> =>
    createCode(stage, {
      kind: "dipc",
      fields: { amount: "75.000", description: "Iuran sekolah, November", name: "Wayan Sudiarta" },
    }),
  insured: async (stage: Stage): Promise<string> => {
    const id = await createCode(stage, { fields: insuredFields });
    await getBill(stage, insuredFields.name);
    return id;
  },
};
