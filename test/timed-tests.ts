/**
 * The unit tests that wait for real connections, processes or clocks, with limits like those of the code that they test. A
 * machine that stands still for seconds fails them (docs/decisions/021-a-run-on-a-busy-machine.md), so they are a step of
 * their own.
 */
export const timedTests = [
  // Calls to DOKU over real connections.
  "lib/doku/check-status.test.ts",
  "lib/doku/client.test.ts",
  "lib/doku/how-to-pay.test.ts",
  "lib/doku/many-calls.test.ts",
  "lib/doku/outages.test.ts",
  // Servers, and bodies that arrive slowly or never.
  "lib/server/connection-limits.test.ts",
  "lib/server/doku/open-requests.test.ts",
  "lib/server/request-body.test.ts",
  "lib/server/request-id.test.ts",
  // The simulator, which calls a stand-in of the shop.
  "simulator/**/*.test.ts",
] as const;
