import { type Build, getBuiltCopy } from "../test/harness/built-copies";
import { test as base } from "./fixtures";
import { type Machines, startMachines } from "./machines";

/** A busy machine builds for minutes. */
const startTimeoutMs = 30 * 60_000;

/** As the test of fixtures.ts, with two machines; the second has a build that `getBuild` makes or finds. */
const withMachines = (getBuild: () => Build) =>
  base.extend<object, { machines: Machines }>({
    machines: [
      // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
      async ({}, use) => {
        const machines = await startMachines(getBuild());
        await use(machines);
        await machines.shops.stop();
      },
      { scope: "worker", timeout: startTimeoutMs },
    ],
    shops: [({ machines }, use) => use(machines.shops), { scope: "worker" }],
  });

/** Both machines built the same sources. */
export const testSameSources = withMachines(() => getBuiltCopy("same-sources"));

/** What the checkout of the next release is called. */
export const nextTitle = "Pembayaran pesanan";

const inCheckout = (file: string) => `app/checkout/[orderId]/${file}`;
const renamed = { from: "startCheckoutPayment", to: "startPaymentOfCheckout" };

/** The second machine has the next release, in which a text is another and the checkout's action has another name. */
export const testNextRelease = withMachines(() =>
  getBuiltCopy("next-release", [
    { file: "messages/id.json", from: '"title": "Pembayaran",', to: `"title": "${nextTitle}",` },
    { file: inCheckout("actions.ts"), ...renamed },
    { file: inCheckout("_components/checkout-form.tsx"), ...renamed },
  ]),
);
