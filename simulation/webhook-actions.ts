import type { Db } from "@/db/database";
import { requeueRange } from "@/db/queries/webhooks/deliveries";
import { findEndpoint } from "@/db/queries/webhooks/endpoints";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  rotateSecret,
  rotationMs,
} from "@/lib/operations/webhooks/manage-endpoints";
import { countFault } from "./fault-counts";
import type { ShopEndpoint } from "./shop";
import { awaitAll } from "./shopper-actions";
import { advanceClock } from "./trial";
import type { Action, Process, Trial } from "./trial";
import { announceWritten, deliverDueEvents } from "./webhook-jobs";

const hourMs = 3_600_000;

/** The endpoints that are there before anything happens. */
export async function addFirstEndpoints(trial: Trial): Promise<void> {
  const [process] = trial.processes;
  if (!process) throw new Error("no process");
  for (let count = trial.random.whole(1, 2); count > 0; count--) await addEndpoint(trial, process);
  advanceClock(trial, 1);
}

export const announce: Action = async ({ random }, process) =>
  `${await announceWritten(process, random.pick([1, 3, 100, 100]))} announced`;

/** Both programs make events of the same rows at the same moment. */
export const announceTwice: Action = async (trial) => {
  countFault(trial.faults, "two programs announce at once");
  const counts = await awaitAll(trial.processes.map((process) => announceWritten(process, 100)));
  return `${counts.join(" and ")} announced`;
};

/** Usually right after events were made, which wakes the job that sends them. */
export const deliver: Action = async ({ random }, process) => {
  const announced = random.chance(0.6) ? await announceWritten(process, 100) : 0;
  return `${announced} announced, ${await deliverDueEvents(process)} tries`;
};

/** The merchant changes the endpoints. The dashboard shows what became of it, so that no answer is lost here. */
export const changeEndpoints: Action = async (trial, process) => {
  const { random, faults, shop } = trial;
  const how = random.weighted({ off: 1, on: 2, add: 1, remove: 0.3, "new secret": 2, "send again": 1 });
  const endpoint = random.pick(shop.endpoints);
  const done = await endpointChanges[how](trial, process, endpoint);
  if (done) countFault(faults, `merchant: an endpoint, ${how}`);
  return `${how} ${done ? endpoint.id : "not possible"}`;
};

type EndpointChange = (trial: Trial, process: Process, endpoint: ShopEndpoint) => Promise<boolean>;

const withoutFaults = ({ deps }: Process, db: Db) => ({ ...deps, db });

const switchTo = async (isOn: boolean, { db }: Trial, process: Process, id: string): Promise<boolean> =>
  (await changeEndpoint(withoutFaults(process, db), id, { isOn, livemode: false })).outcome === "changed";

const endpointChanges = {
  off: async (trial, process, endpoint) => {
    endpoint.wasOff = true;
    return switchTo(false, trial, process, endpoint.id);
  },
  on: async (trial, process, endpoint) => {
    const found = await findEndpoint(trial.db, endpoint.id);
    if (!found?.disabledAt) return false;
    endpoint.wasOff = true;
    return switchTo(true, trial, process, endpoint.id);
  },
  add: async (trial, process) => {
    if (trial.shop.endpoints.length >= 3) return false;
    await addEndpoint(trial, process);
    return true;
  },
  remove: async (trial, process, endpoint) => {
    endpoint.wasOff = true;
    return deleteEndpoint(withoutFaults(process, trial.db), endpoint.id);
  },
  "new secret": async (trial, process, endpoint) => {
    if (endpoint.replacement) return false;
    const secret = await rotateSecret(withoutFaults(process, trial.db), endpoint.id);
    if (secret === undefined) return false;
    endpoint.replacedMs = trial.clockMs;
    endpoint.replacement = { secret, untilMs: trial.clockMs + rotationMs };
    return true;
  },
  "send again": async (trial, _, { id }) => {
    const [from, now] = [new Date(trial.clockMs - hourMs), new Date(trial.clockMs)];
    const range = { endpointId: id, from, before: now, now, most: 1000 };
    return (await requeueRange(trial.db, range)) > 0;
  },
} as const satisfies Record<string, EndpointChange>;

async function addEndpoint(trial: Trial, process: Process): Promise<void> {
  const { db, shop, clockMs } = trial;
  const url = `https://shop.example/hooks/${shop.endpoints.length}`;
  const asked = { url, description: null, types: null, actor: "staff:sri", livemode: false } as const;
  const created = await createEndpoint(withoutFaults(process, db), asked);
  if (created.outcome !== "created") throw new Error(created.outcome);
  const { id, secret } = created.endpoint;
  const state = { replacement: undefined, replacedMs: undefined, wasOff: false };
  shop.endpoints.push({ id, url, secret, createdMs: clockMs, ...state });
}
