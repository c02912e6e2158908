import type { DokuClient, DokuRequest } from "./client";
import type { DokuOutcome, UnknownReason } from "./outcome";

/** So many unknown outcomes within this time say that a channel is down; then it is left alone for a while. */
export type BreakerLimits = { failures: number; withinMs: number; restMs: number };

const defaultLimits: BreakerLimits = { failures: 5, withinMs: 30_000, restMs: 15_000 };

/** What tells of DOKU or the line being down, and not of this one request. */
const outageReasons: ReadonlySet<UnknownReason> = new Set([
  "unreachable",
  "timeout",
  "cut_off",
  "server_error",
  "rate_limited",
]);

export type Breaker = DokuClient & {
  /**
   * Whether a path of DOKU's is left alone, or was a moment ago and has not answered since: the checkout then says that a
   * code will take a while.
   */
  isOpen: (path: string) => boolean;
};

/**
 * Keeps a channel that is down from costing every shopper ten seconds, and DOKU from a storm when it comes back. While it
 * is open the outcome of a request is unknown at once; nothing is lost, as the same request is sent later. After a rest
 * one request goes through: its outcome opens or closes it (docs/threats-and-invariants.md#f6).
 */
export function withBreaker(client: DokuClient, now: () => Date, limits: BreakerLimits = defaultLimits): Breaker {
  const circuits = new Map<string, Circuit>();
  const getCircuit = (path: string): Circuit => {
    const known = circuits.get(path) ?? { failedAt: [], openUntil: 0 };
    circuits.set(path, known);
    return known;
  };
  const send = async (request: DokuRequest): Promise<DokuOutcome> => {
    const circuit = getCircuit(request.path);
    const sentAt = now().getTime();
    if (circuit.openUntil > sentAt) return circuitOpen;
    // Whoever comes first after the rest tries; the others wait for what comes of it.
    if (circuit.openUntil > 0) circuit.openUntil = sentAt + limits.restMs;
    const outcome = await client.send(request);
    recordOutcome(circuit, outcome, now().getTime(), limits);
    return outcome;
  };
  return { ...client, send, isOpen: (path) => isSlow(getCircuit(path), now()) };
}

/** How long a channel that was down and has not been tried again is still called slow. */
const doubtMs = 60_000;

const isSlow = ({ openUntil }: Circuit, now: Date): boolean =>
  openUntil > 0 && openUntil + doubtMs > now.getTime();

type Circuit = { failedAt: number[]; openUntil: number };

const circuitOpen: DokuOutcome = {
  outcome: "unknown",
  because: "left_alone",
  httpStatus: undefined,
  error: undefined,
  text: "",
};

function recordOutcome(circuit: Circuit, outcome: DokuOutcome, at: number, limits: BreakerLimits): void {
  if (outcome.outcome !== "unknown" || !outageReasons.has(outcome.because)) {
    circuit.failedAt = [];
    circuit.openUntil = 0;
    return;
  }
  circuit.failedAt = [...circuit.failedAt.filter((failed) => failed > at - limits.withinMs), at];
  const wasTrying = circuit.openUntil > 0;
  if (wasTrying || circuit.failedAt.length >= limits.failures) circuit.openUntil = at + limits.restMs;
}
