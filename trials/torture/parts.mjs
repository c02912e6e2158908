/** The parts in the order of docs/reliability.md, loaded when their turn comes, with what `small` and `full` ask of each. */
export const parts = {
  "app-kills": {
    load: async () => (await import("./parts/app-kills.mjs")).appKills,
    small: { cycles: 5 },
    full: { cycles: 1000 },
  },
  "database-stops": {
    load: async () => (await import("./parts/app-kills.mjs")).databaseStops,
    small: { cycles: 3 },
    full: { cycles: 200 },
  },
  "embedded-kills": {
    load: async () => (await import("./parts/embedded-kills.mjs")).embeddedKills,
    small: { cycles: 3, openers: 5 },
    full: { cycles: 500, openers: 200 },
  },
  "bad-inputs": {
    load: async () => (await import("./parts/bad-inputs.mjs")).badInputs,
    small: { mutants: 20_000 },
    full: { mutants: 2_000_000 },
  },
  "bad-requests": {
    load: async () => (await import("./parts/bad-requests.mjs")).badRequests,
    small: { mutants: 1000 },
    full: { mutants: 200_000 },
  },
  repeats: {
    load: async () => (await import("./parts/repeats.mjs")).repeats,
    small: { replays: 1000, crowds: 5 },
    full: { replays: 100_000, crowds: 1000 },
  },
  "two-processes": {
    load: async () => (await import("./parts/two-processes.mjs")).twoProcesses,
    small: { restarts: 2, pauses: 1, viewers: 6 },
    full: { restarts: 60, pauses: 20, viewers: 60 },
  },
  outage: {
    load: async () => (await import("./parts/outage.mjs")).outage,
    small: { orders: 30 },
    full: { orders: 10_000 },
  },
  weight: {
    load: async () => (await import("./parts/weight.mjs")).weight,
    small: { posts: 3, slow: 200, seconds: 6 },
    full: { posts: 50, slow: 500, seconds: 60 },
  },
  "double-submit": {
    load: async () => (await import("./parts/double-submit.mjs")).doubleSubmit,
    small: { keys: 12 },
    full: { keys: 1000 },
  },
};
