import type { Notification } from "../core/state";
import { currentTime, type Sandbox } from "../core/sandbox";
import { pause } from "../wire/call";
import { deliverDue } from "./outbox";

const LOOK_EVERY_MS = 50;
const LOOK_AGAIN_MS = 5;

function dueNow(sandbox: Sandbox): Notification[] {
  const now = currentTime(sandbox).getTime();
  return [...sandbox.state.notifications.values()]
    .filter(
      (item) => item.state === "waiting" && item.nextAttemptAt !== null && !sandbox.inDelivery.has(item.id),
    )
    .filter((item) => Date.parse(item.nextAttemptAt ?? "") <= now)
    .toSorted((a, b) => (a.nextAttemptAt ?? "").localeCompare(b.nextAttemptAt ?? ""));
}

/** Delivers everything due, again and again: a long jump of the clock passes several retries of one notification. */
export async function deliverAllDue(sandbox: Sandbox): Promise<number> {
  let delivered = 0;
  for (;;) {
    const due = dueNow(sandbox);
    if (due.length === 0 && sandbox.inDelivery.size === 0) return delivered;
    await Promise.all([
      pause(LOOK_AGAIN_MS),
      ...due.map((notification) => deliverDue(sandbox, notification)),
    ]);
    delivered += due.length;
  }
}

/** Looks at the clock by itself until stopped. */
export function startSchedule(sandbox: Sandbox): { stop: () => void } {
  const timer = setInterval(() => {
    for (const notification of dueNow(sandbox)) void deliverDue(sandbox, notification);
  }, LOOK_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
