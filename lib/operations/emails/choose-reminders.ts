import { deleteOptOut, insertOptOut } from "@/db/queries/emails";
import type { Deps } from "../deps";

/** Stops or resumes reminders to an address, for orders to come too. Twice is the same as once. */
export const chooseReminders = (
  { db, now }: Pick<Deps, "db" | "now">,
  { addressHash, wanted }: { addressHash: string; wanted: boolean },
): Promise<void> => (wanted ? deleteOptOut(db, addressHash) : insertOptOut(db, addressHash, now()));
