/** A call to create a checkout session. Its repetitions send the same bytes with the same Idempotency-Key. */
export type SessionCall = {
  key: string;
  amount: number;
  expiresAt: Date;
  /** Undefined as long as the shop has had no answer. */
  orderId: string | undefined;
};

/** A webhook endpoint, as the merchant knows it. */
export type ShopEndpoint = {
  id: string;
  url: string;
  createdMs: number;
  /** What the shop's program verifies with. */
  secret: string;
  /** The new secret, which the program does not use yet; the old one counts until then. */
  replacement: { secret: string; untilMs: number } | undefined;
  /** When the merchant last replaced the secret. */
  replacedMs: number | undefined;
  /** It was or may have been off: what happened meanwhile is not sent to it. */
  wasOff: boolean;
};

/** One message that the shop has taken, repetitions included. */
export type LedgerEntry = { endpointId: string; eventId: string; body: string; content: EventContent };

export type EventContent = { type: string; timestamp: string; data: EventData };

/** What the checks read of an event's data; which of it is there depends on the object. */
export type EventData = {
  id: string;
  object: string;
  version: number;
  status?: string;
  payments?: { id: string; status: string }[];
};

/** The merchant's own program: what it asked for, and what it was told. */
export type Shop = {
  calls: SessionCall[];
  endpoints: ShopEndpoint[];
  ledger: LedgerEntry[];
  faultProbability: number;
};
