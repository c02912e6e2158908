/** One HTTP exchange with the merchant, as it was on the wire. */
export type Call = {
  id: number;
  direction: "received" | "sent";
  /** simulator time */
  at: string;
  method: string;
  /** the path as received, or the whole URL as sent */
  target: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  answerHeaders: Record<string, string>;
  answer: string;
  /** what became of it when it was not a plain answer: cut, silence, timeout, lost */
  note: string;
  durationMs: number;
};

const KEPT_CALLS = 1_000;
let lastId = 0;

/** Into `calls`, newest first. */
export function recordCall(calls: Call[], call: Omit<Call, "id">): void {
  lastId += 1;
  calls.unshift({ id: lastId, ...call });
  if (calls.length > KEPT_CALLS) calls.length = KEPT_CALLS;
}
