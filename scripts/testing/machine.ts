// What a run is told about the machine: how much of it there is, and until when.

/** Below this share of a core, tests with time limits of their own fail for the machine's sake and say nothing about the code. */
export const LEAST_SHARE = 0.25;

/**
 * Measures how much of a core this process gets, from 0 to 1. Takes `lastingMs` of wall time.
 *
 * A busy host lets a virtual machine run at full speed for milliseconds and then not at all, which neither the load average nor the
 * clock speed shows. So the fastest of many short pieces of the same work is compared with the mean.
 */
export function measureShare({ lastingMs = 5_000, now = () => performance.now() } = {}): number {
  const begun = now();
  const piecesMs: number[] = [];
  let last = begun;
  while (last - begun < lastingMs) {
    work();
    const time = now();
    piecesMs.push(time - last);
    last = time;
  }
  return toShare(piecesMs);
}

/** @param piecesMs how long each piece of the same work took */
export function toShare(piecesMs: readonly number[]): number {
  const total = piecesMs.reduce((sum, piece) => sum + piece, 0);
  // The median of the fastest hundredth: one piece may be measured too short.
  const fastest = piecesMs.toSorted((one, other) => one - other)[Math.floor(piecesMs.length / 200)];
  return fastest === undefined || total === 0 ? 1 : (fastest * piecesMs.length) / total;
}

let sink = 0;

/** About a millisecond. */
function work(): void {
  for (let index = 0; index < 400_000; index += 1) sink = Math.imul(sink ^ index, 2_654_435_761);
}

/**
 * @param value seconds since 1970, as `date +%s` prints them
 * @returns milliseconds since 1970; undefined when the variable is not set
 * @throws an error of one sentence for anything else
 */
export function parseDeadline(value: string | undefined): number | undefined {
  if (value === undefined || value === "") return undefined;
  if (!/^\d{9,11}$/.test(value))
    throw new Error("TEST_UNTIL must be a time in seconds since 1970, as `date +%s` prints it.");
  return Number(value) * 1000;
}
