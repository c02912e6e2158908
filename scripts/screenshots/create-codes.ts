// What the merchant's staff do so that there is something to be seen: codes and bills made by hand.
import { findBill, payAtTill, signIn, statusIs, steer } from "./actions";

const insured = {
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

/** Fills in the form of a new code; `kind` is the kind of the code. */
export async function fillMakeForm(page, { kind = "dgpc", channel = "alfa", reusable = false, ...fields }) {
  await page.locator(`#channel-${channel}`).check({ force: true });
  await page.locator(`#kind-${kind}`).check({ force: true });
  await page.evaluate(() =>
    document.querySelectorAll("form.make details").forEach((part) => (part.open = true)),
  );
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value);
  if (reusable) await page.locator('[name="reusable"]').check();
}

export const fillInsured = (page) => fillMakeForm(page, insured);

/** @returns the id of the order */
async function make(stage, fields) {
  const { browser, app } = stage;
  const context = await browser.newContext({ storageState: await signIn(stage), locale: "id-ID" });
  const page = await context.newPage();
  await page.goto(`${app.url}/dashboard/new`);
  await fillMakeForm(page, fields);
  await page.locator('form.make button[type="submit"]').click();
  await page.waitForURL(/\/dashboard\/orders\//, { timeout: 30_000 });
  const id = new URL(page.url()).pathname.split("/").at(-1);
  await context.close();
  return id;
}

/** Orders of the merchant's making, by the names of their pictures. */
export const madeOrders = {
  topUp: async (stage) => {
    const name = "Putu Ayu";
    const id = await make(stage, {
      ...{ kind: "mgpc", reusable: true, amount: "100.000", description: "Isi ulang saldo warung", name },
      ...{ lasts: "30" },
    });
    for (let times = 0; times < 3; times += 1) await payAtTill(stage, name);
    await statusIs(stage, id, (view) => view.timesPaid === 3);
    return id;
  },
  topUpUnpaid: (stage) =>
    make(stage, {
      ...{ reusable: true, amount: "50.000", description: "Iuran bulanan kelas batik" },
      ...{ name: "Rahmat Hidayatullah Kusumawardhana" },
    }),
  held: async (stage) => {
    const id = await make(stage, {
      ...{ kind: "dipc", amount: "325.000", description: "Iuran sekolah, November" },
      ...{ name: "Made Suastika", footer1: "Yayasan Senja, 0812 3456 7890" },
    });
    const { code } = await statusIs(stage, id, (view) => view.code !== undefined);
    await steer(stage, "till/inquiry", { code });
    await steer(stage, "till/pay?wait=1", { code });
    await statusIs(stage, id, (view) => view.status === "paid");
    return id;
  },
  heldUnasked: (stage) =>
    make(stage, {
      ...{ kind: "dipc", amount: "75.000", description: "Iuran sekolah, November" },
      ...{ name: "Wayan Sudiarta" },
    }),
  insured: async (stage) => {
    const id = await make(stage, insured);
    await findBill(stage, insured.name);
    return id;
  },
};
