/**
 * The parts in the order of docs/reliability.md, loaded when their turn comes, with what `small` and `full` ask of each.
 * `small` is run by `npm test` on any machine, and is patient with pages; `full` holds them to the promised time.
 */
export const parts = {
  "app-kills": {
    load: async () => (await import("./scenarios/app-kills")).appKills,
    small: { cycles: 20 },
    full: { cycles: 1000 },
  },
  "database-stops": {
    load: async () => (await import("./scenarios/app-kills")).databaseStops,
    small: { cycles: 20 },
    full: { cycles: 200 },
  },
  "embedded-kills": {
    load: async () => (await import("./scenarios/embedded-kills")).embeddedKills,
    small: { cycles: 8, openers: 20 },
    full: { cycles: 500, openers: 200 },
  },
  "bad-inputs": {
    load: async () => (await import("./scenarios/bad-inputs")).badInputs,
    small: { mutants: 200_000 },
    full: { mutants: 2_000_000 },
  },
  "bad-requests": {
    load: async () => (await import("./scenarios/bad-requests")).badRequests,
    small: { mutants: 10_000 },
    full: { mutants: 200_000 },
  },
  repeats: {
    load: async () => (await import("./scenarios/repeats")).repeats,
    small: { replays: 10_000, crowds: 100 },
    full: { replays: 100_000, crowds: 1000 },
  },
  "two-processes": {
    load: async () => (await import("./scenarios/two-processes")).twoProcesses,
    small: { restarts: 3, kills: 1, pauses: 1, seconds: 4, viewers: 6, within: 10 },
    full: { restarts: 60, kills: 20, pauses: 10, seconds: 60, viewers: 12, within: 3 },
  },
  outage: {
    load: async () => (await import("./scenarios/outage")).outage,
    small: { orders: 100 },
    full: { orders: 10_000 },
  },
  restore: {
    load: async () => (await import("./scenarios/restore")).restore,
    small: { orders: 100 },
    full: { orders: 1000 },
  },
  viewers: {
    load: async () => (await import("./scenarios/viewers")).viewers,
    small: { streams: 500 },
    full: { streams: 5000 },
  },
  weight: {
    load: async () => (await import("./scenarios/weight")).weight,
    small: { posts: 3, slow: 200, seconds: 6 },
    full: { posts: 50, slow: 500, seconds: 60 },
  },
  "double-submit": {
    load: async () => (await import("./scenarios/double-submit")).doubleSubmit,
    small: { keys: 200 },
    full: { keys: 1000 },
  },
};
