import type { Result, Scenario, Setup } from "./scenario";
import { appKills, databaseStops } from "./scenarios/app-kills";
import { badInputs } from "./scenarios/bad-inputs";
import { badRequests } from "./scenarios/bad-requests";
import { doubleSubmit } from "./scenarios/double-submit";
import { embeddedKills } from "./scenarios/embedded-kills";
import { heldConnections } from "./scenarios/held-connections";
import { outage } from "./scenarios/outage";
import { repeats } from "./scenarios/repeats";
import { restore } from "./scenarios/restore";
import { twoProcesses } from "./scenarios/two-processes";
import { viewers } from "./scenarios/viewers";
import { webhooks } from "./scenarios/webhooks";
import { weight } from "./scenarios/weight";

/**
 * `npm test` runs `small`, which allows for the delays of a busy machine; `full` requires the response times that
 * docs/reliability.md promises.
 */
export type SizeName = "small" | "full";

type Play = (size: SizeName, setup: Setup) => Promise<Result[]>;

const withSizes =
  <Size>(scenario: Scenario<Size>, sizes: Record<SizeName, Size>): Play =>
  async (size, setup) =>
    [await scenario({ ...sizes[size], ...setup })].flat();

/** In the order of docs/reliability.md. */
export const scenarios = new Map<string, Play>(
  Object.entries({
    "app-kills": withSizes(appKills, { small: { cycles: 20 }, full: { cycles: 1000 } }),
    "database-stops": withSizes(databaseStops, { small: { cycles: 20 }, full: { cycles: 200 } }),
    "embedded-kills": withSizes(embeddedKills, {
      small: { cycles: 8, openers: 20 },
      full: { cycles: 500, openers: 200 },
    }),
    "bad-inputs": withSizes(badInputs, { small: { mutants: 200_000 }, full: { mutants: 2_000_000 } }),
    "bad-requests": withSizes(badRequests, { small: { mutants: 10_000 }, full: { mutants: 200_000 } }),
    repeats: withSizes(repeats, {
      small: { replays: 10_000, crowds: 100 },
      full: { replays: 100_000, crowds: 1000 },
    }),
    "two-processes": withSizes(twoProcesses, {
      small: { restarts: 3, kills: 1, pauses: 1, pauseSeconds: 4, viewers: 6, maxDelaySeconds: 10 },
      full: { restarts: 60, kills: 20, pauses: 10, pauseSeconds: 60, viewers: 12, maxDelaySeconds: 3 },
    }),
    outage: withSizes(outage, { small: { orders: 100 }, full: { orders: 10_000 } }),
    restore: withSizes(restore, { small: { orders: 100 }, full: { orders: 1000 } }),
    viewers: withSizes(viewers, { small: { streams: 500 }, full: { streams: 5000 } }),
    weight: withSizes(weight, {
      small: { posts: 3, slow: 200, seconds: 6 },
      full: { posts: 50, slow: 500, seconds: 60 },
    }),
    "held-connections": withSizes(heldConnections, {
      small: { upgrades: 3000, bodies: 40 },
      full: { upgrades: 30_000, bodies: 40 },
    }),
    webhooks: withSizes(webhooks, { small: { cycles: 5 }, full: { cycles: 100 } }),
    "double-submit": withSizes(doubleSubmit, { small: { keys: 200 }, full: { keys: 1000 } }),
  }),
);
