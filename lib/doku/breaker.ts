import type { DokuClient, DokuRequest } from "./client";
import type { DokuOutcome, UnknownReason } from "./outcome";

/** So many unknown outcomes within `withinMs` open the circuit of a channel for `restMs`. */
export type BreakerLimits = { failures: number; withinMs: number; restMs: number };

const defaultLimits: BreakerLimits = { failures: 5, withinMs: 30_000, restMs: 15_000 };

/** Reasons that point to DOKU or the network being down, not to this one request. */
const outageReasons: ReadonlySet<UnknownReason> = new Set([
  "unreachable",
  "timeout",
  "cut_off",
  "server_error",
  "rate_limited",
]);

export type Breaker = DokuClient & {
  /**
   * Whether the circuit of a path is open, or was open a moment ago and no answer has come since: the checkout then says
   * that a code will take a while.
   */
  isOpen: (path: string) => boolean;
};

/**
 * A circuit breaker for each path: a channel that is down does not cost every shopper ten seconds, and DOKU gets no
 * burst when it comes back. While the circuit is open the outcome is unknown at once; nothing is lost, because the
 * same request is sent later. After `restMs` one request goes through and decides (docs/threats-and-invariants.md#f6).
 */
export function withBreaker(
  client: DokuClient,
  now: () => Date,
  limits: BreakerLimits = defaultLimits,
): Breaker {
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
    // The first request after the rest is the probe; the others meet an open circuit until its outcome is known.
    if (circuit.openUntil > 0) circuit.openUntil = sentAt + limits.restMs;
    const outcome = await client.send(request);
    recordOutcome(circuit, outcome, now().getTime(), limits);
    return outcome;
  };
  return { ...client, send, isOpen: (path) => isSlow(getCircuit(path), now()) };
}

/** How long after the rest a channel without a new outcome still counts as slow. */
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
