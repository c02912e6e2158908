import type { Notification } from "../core/state";
import { nowOf, type World } from "../core/world";
import { pause } from "../wire/http";
import { deliverDue } from "./outbox";

const LOOK_EVERY_MS = 50;
const LOOK_AGAIN_MS = 5;

function dueNow(world: World): Notification[] {
  const now = nowOf(world).getTime();
  return [...world.state.notifications.values()]
    .filter((item) => item.state === "waiting" && item.nextAttemptAt !== null && !world.onTheWay.has(item.id))
    .filter((item) => Date.parse(item.nextAttemptAt ?? "") <= now)
    .toSorted((a, b) => (a.nextAttemptAt ?? "").localeCompare(b.nextAttemptAt ?? ""));
}

/** Delivers everything due, again and again: a long jump of the clock passes several retries of one notification. */
export async function deliverAllDue(world: World): Promise<number> {
  let delivered = 0;
  for (;;) {
    const due = dueNow(world);
    if (due.length === 0 && world.onTheWay.size === 0) return delivered;
    await Promise.all([pause(LOOK_AGAIN_MS), ...due.map((notification) => deliverDue(world, notification))]);
    delivered += due.length;
  }
}

/** Looks at the clock by itself until stopped. */
export function startSchedule(world: World): { stop: () => void } {
  const timer = setInterval(() => {
    for (const notification of dueNow(world)) void deliverDue(world, notification);
  }, LOOK_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
