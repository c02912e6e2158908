import getPort from "get-port";
import { MailServer } from "../test/harness/mail-server";
import { addAppRole, runSql, startCluster } from "../test/harness/postgres";
import { startSimulator } from "../test/harness/servers";
import { test as base } from "./fixtures";
import { startShop, startTogether, toShops } from "./shops";
import type { Shops } from "./shops";

type WithMail = { mail: MailServer; endWait: (address: string) => Promise<void> };

type MailShops = Shops & WithMail;

/** A shop with a mail server. On PostgreSQL, where a test can let the time of a reminder come. */
async function startMailShop(): Promise<MailShops> {
  const { started, stop } = await startTogether(async ({ closeLater }) => {
    const cluster = await startCluster({ durable: false });
    closeLater(cluster.stop);
    const mail = await MailServer.start();
    closeLater(() => mail.close());
    const port = await getPort();
    const simulator = await startSimulator({ shopUrl: `http://localhost:${port}` });
    closeLater(simulator.stop);
    const database = { DATABASE_URL: await addAppRole(cluster.url), DATABASE_OWNER_URL: cluster.url };
    const smtp = { SMTP_URL: mail.url, SMTP_FROM: "Toko Senja <pesanan@toko.example>" };
    const shop = await startShop("shop", { port, simulator, env: { ...database, ...smtp } });
    closeLater(shop.stop);
    return { shop, notifiedShop: shop, simulator, processes: [shop], mail, databaseUrl: cluster.url };
  });
  return {
    ...toShops({ started, stop }),
    mail: started.mail,
    endWait: (address) =>
      runSql(
        started.databaseUrl,
        `update emails set due_at = now() where status = 'pending'
          and order_id in (select id from orders where customer_email = '${address}')`,
      ),
  };
}

/** As the test of fixtures.ts, with a shop that sends e-mails. */
export const test = base.extend<WithMail, { shops: MailShops }>({
  shops: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
    async ({}, use) => {
      const shops = await startMailShop();
      await use(shops);
      await shops.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  mail: ({ shops }, use) => use(shops.mail),
  /** What waits for a later time, a reminder or another try, is due now. */
  endWait: ({ shops }, use) => use(shops.endWait),
});

export { expect } from "./fixtures";
