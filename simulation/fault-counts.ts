/** Which kinds of trouble a run has been through, and how often. */
export type Faults = Map<string, number>;

export const count = (faults: Faults, kind: string): void =>
  void faults.set(kind, (faults.get(kind) ?? 0) + 1);

export function addFaults(into: Faults, more: Faults): void {
  for (const [kind, times] of more) into.set(kind, (into.get(kind) ?? 0) + times);
}
