import { randomInt } from "node:crypto";
import {
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type Response,
} from "@playwright/test";
import { owner, secretKey } from "./credentials";
import { type Shops, startOneShop } from "./shops";
import { simulatorAt, type Simulator } from "./simulator";

export type Shopper = { name: string; phone: string; email: string };

type Fixtures = {
  /** Somebody no other journey knows: the simulator's faults go by name. */
  shopper: Shopper;
  simulator: Simulator;
  /** Another browser with cookies of its own. It is watched like the first one. */
  openPhone: (options?: BrowserContextOptions) => Promise<Page>;
  trouble: Trouble;
};

type WorkerFixtures = {
  /** The shop and simulator of this worker alone. */
  shops: Shops;
};

/** No byte that a browser is sent holds one of these: the key that signs for DOKU, and the merchant's password. */
const secrets = [secretKey, owner.password];

/** What browsers and shops complained about. Anything that a journey did not expect fails it. */
export class Trouble {
  readonly seen: string[] = [];
  private readonly reading: Promise<void>[] = [];
  private readonly expected: RegExp[] = [];

  expect(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  get unexpected(): string[] {
    return this.seen.filter((complaint) => !this.expected.some((pattern) => pattern.test(complaint)));
  }

  watch(context: BrowserContext): void {
    // A policy that blocked something is a console error as well; nothing else needs to be asked.
    context.on("console", (message) => {
      const isBad = message.type() === "error" || message.type() === "warning";
      if (isBad) this.seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.seen.push(`uncaught: ${error.error().message}`));
    context.on("response", (response) => this.reading.push(this.lookForSecrets(response)));
  }

  /** Of answers that a page left before they were read, nothing can be asked any more. */
  private async lookForSecrets(response: Response): Promise<void> {
    const headers = JSON.stringify(response.headers());
    const isStream = headers.includes("text/event-stream");
    const body = isStream ? "" : await response.text().catch(() => "");
    if (secrets.some((secret) => headers.includes(secret) || body.includes(secret)))
      this.seen.push(`a secret was sent by ${response.url()}`);
  }

  /** An answer that never ends is left alone. */
  async settle(): Promise<void> {
    const patience = new Promise((done) => setTimeout(done, 1000));
    await Promise.race([Promise.all(this.reading), patience]);
  }
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const word = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join("");

export const test = base.extend<Fixtures, WorkerFixtures>({
  shops: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
    async ({}, use) => {
      const shops = await startOneShop();
      await use(shops);
      await shops.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
  baseURL: async ({ shops }, use) => use(shops.shop),
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
  shopper: async ({}, use) => {
    // Indodana takes no more than 16 letters of each part.
    const last = word(10);
    const name = `Sari ${last.charAt(0).toUpperCase()}${last.slice(1)}`;
    const phone = `0812${randomInt(10_000_000, 99_999_999)}`;
    await use({ name, phone, email: `${last}@example.com` });
  },
  simulator: async ({ shops }, use) => use(simulatorAt(shops.simulator)),
  trouble: [
    async ({ context, shops }, use) => {
      const trouble = new Trouble();
      trouble.watch(context);
      const { length } = shops.complaints();
      await use(trouble);
      await trouble.settle();
      trouble.seen.push(...shops.complaints().slice(length));
      if (trouble.unexpected.length > 0)
        throw new Error(`There were complaints:\n${trouble.unexpected.join("\n")}`);
    },
    { auto: true },
  ],
  openPhone: async ({ browser, contextOptions, baseURL, trouble }, use, testInfo) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const { viewport, timezoneId, locale, hasTouch } = testInfo.project.use;
      const own = { ...contextOptions, baseURL, viewport, timezoneId, locale, hasTouch };
      const given = Object.entries({ ...own, ...options }).filter(([, value]) => value !== undefined);
      const context = await browser.newContext(Object.fromEntries(given));
      trouble.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from "@playwright/test";
