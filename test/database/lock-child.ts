import { lockFolder } from "@/db/embedded-lock";
import { report, toRefusal } from "./report";

/**
 * A second process for tests of the lock: it takes it or tries to, and reports that in lines. Apart from embedded-child.ts,
 * because it starts in half the time without a database.
 */
const [action = "", folder = "", times = "1"] = process.argv.slice(2);

async function holdLock(): Promise<void> {
  try {
    await lockFolder(folder);
  } catch (error) {
    return report(toRefusal(error));
  }
  report("holding");
  // The socket alone keeps no process alive.
  setInterval(() => undefined, 60_000);
}

async function tryToLock(): Promise<void> {
  for (let attempt = 0; attempt < Number(times); attempt++) {
    report(await lockFolder(folder).then(() => "let in", toRefusal));
  }
}

const actions: Record<string, () => Promise<void>> = { hold: holdLock, try: tryToLock };
await actions[action]?.();
