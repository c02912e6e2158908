import "server-only";

/** Bodies under way to one process, at 64 KiB each at most. */
const caps = { client: 50, process: 500 };

type Sender = { turnAway: () => void };
type Unfinished = { byClient: Map<string, Set<Sender>>; all: Set<Sender> };

declare global {
  /** Next loads this module several times in one process; there is one memory to fill. */
  var kodeBayarUnfinishedBodies: Unfinished | undefined;
}
const unfinished = (globalThis.kodeBayarUnfinishedBodies ??= { byClient: new Map(), all: new Set() });

/**
 * Counts a body that is on its way. Beyond the caps the one that has taken longest is turned away, of the same client
 * or of all: slow senders push out each other, and never a body that arrives in the time that bodies take.
 * @returns takes it out again
 */
export function countUnfinished(client: string, turnAway: () => void): () => void {
  const before = unfinished.byClient.get(client);
  if (before && before.size >= caps.client) turnAwayOldest(before);
  else if (unfinished.all.size >= caps.process) turnAwayOldest(unfinished.all);
  const sender = { turnAway };
  const ofClient = unfinished.byClient.get(client) ?? new Set();
  unfinished.byClient.set(client, ofClient.add(sender));
  unfinished.all.add(sender);
  return () => {
    unfinished.all.delete(sender);
    ofClient.delete(sender);
    if (ofClient.size === 0) unfinished.byClient.delete(client);
  };
}

/** A set keeps the order in which its members came. */
function turnAwayOldest(senders: Set<Sender>): void {
  const [oldest] = senders;
  oldest?.turnAway();
}
