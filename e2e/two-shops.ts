import { test as base } from "./fixtures";
import { startTwoShops } from "./shops";

/** As the test of fixtures.ts, with two processes on one PostgreSQL. */
export const test = base.extend<object>({
  shops: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
    async ({}, use) => {
      const shops = await startTwoShops();
      await use(shops);
      await shops.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

export { expect } from "./fixtures";
