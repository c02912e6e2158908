/** How often each kind of fault happened in a run. */
export type FaultCounts = Map<string, number>;

export const countFault = (faults: FaultCounts, kind: string): void =>
  void faults.set(kind, (faults.get(kind) ?? 0) + 1);

export function addFaultCounts(into: FaultCounts, more: FaultCounts): void {
  for (const [kind, times] of more) into.set(kind, (into.get(kind) ?? 0) + times);
}
