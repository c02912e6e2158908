import { randomInt } from "node:crypto";
import {
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type Response,
} from "@playwright/test";
import { holdToContract } from "./api-answers";
import { owner, secretKey } from "./credentials";
import { type Shops, startOneShop } from "./shops";
import { createSimulatorClient, type Simulator } from "./simulator";

export type Shopper = { name: string; phone: string; email: string };

type Fixtures = {
  /** With a name of its own, because the simulator's faults apply by name. */
  shopper: Shopper;
  simulator: Simulator;
  /** A page in another browser context, whose output is checked too. */
  openPage: (options?: BrowserContextOptions) => Promise<Page>;
  unexpectedOutput: UnexpectedOutput;
};

type WorkerFixtures = {
  /** The shop and simulator of this worker alone. */
  shops: Shops;
};

/** Playwright's own, for the pages whose service worker playwright.config.ts blocks. */
const workersBlocked = "Service Worker registration blocked by Playwright";

/** No response may contain one of these. */
const secrets = [secretKey, owner.password];

/** Errors and warnings of browsers and shops. Anything that a test did not expect fails it. */
export class UnexpectedOutput {
  readonly seen: string[] = [];
  private readonly reading: Promise<void>[] = [];
  private readonly expected: RegExp[] = [];

  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  get unexpected(): string[] {
    return this.seen.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
  }

  watch(context: BrowserContext): void {
    // What the Content-Security-Policy blocks is a console error too.
    context.on("console", (message) => {
      const isBad = message.type() === "error" || message.type() === "warning";
      if (isBad && message.text() !== workersBlocked)
        this.seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.seen.push(`uncaught: ${error.error().message}`));
    context.on("response", (response) => this.reading.push(this.lookForSecrets(response)));
  }

  /** A response whose page was left before it was complete has no body to check. */
  private async lookForSecrets(response: Response): Promise<void> {
    const headers = JSON.stringify(response.headers());
    const isStream = headers.includes("text/event-stream");
    const body = isStream ? "" : await response.text().catch(() => "");
    if (secrets.some((secret) => headers.includes(secret) || body.includes(secret)))
      this.seen.push(`a secret was sent by ${response.url()}`);
  }

  /** Waits for the responses that are still being read, but not for those that never end. */
  async settle(): Promise<void> {
    const timeout = new Promise((done) => setTimeout(done, 1000));
    await Promise.race([Promise.all(this.reading), timeout]);
  }
}

const letters = "abcdefghijklmnopqrstuvwxyz";
const randomWord = (length: number) =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join("");

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
  request: async ({ request }, use) => use(holdToContract(request)),
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
  shopper: async ({}, use) => {
    // Indodana takes no more than 16 letters of each part.
    const last = randomWord(10);
    const name = `Sari ${last.charAt(0).toUpperCase()}${last.slice(1)}`;
    const phone = `0812${randomInt(10_000_000, 99_999_999)}`;
    await use({ name, phone, email: `${last}@example.com` });
  },
  simulator: async ({ shops }, use) => use(createSimulatorClient(shops.simulator)),
  unexpectedOutput: [
    async ({ context, shops }, use) => {
      const unexpectedOutput = new UnexpectedOutput();
      unexpectedOutput.watch(context);
      const { length } = shops.listUnexpectedLines();
      await use(unexpectedOutput);
      await unexpectedOutput.settle();
      unexpectedOutput.seen.push(...shops.listUnexpectedLines().slice(length));
      if (unexpectedOutput.unexpected.length > 0)
        throw new Error(`Unexpected output:\n${unexpectedOutput.unexpected.join("\n")}`);
    },
    { auto: true },
  ],
  openPage: async ({ browser, contextOptions, baseURL, unexpectedOutput }, use, testInfo) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const { viewport, timezoneId, locale, hasTouch } = testInfo.project.use;
      const own = { ...contextOptions, baseURL, viewport, timezoneId, locale, hasTouch };
      const given = Object.entries({ ...own, ...options }).filter(([, value]) => value !== undefined);
      const context = await browser.newContext(Object.fromEntries(given));
      unexpectedOutput.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from "@playwright/test";
