// The simulator's control API.
export type Code = { invoice: string; code: string; amount: number; state: string; timesPaid: number };
export type PaylaterOrder = { invoice: string; id: string; amount: number; state: string; url: string };
export type Attempt = { status: number | null; requestId: string };
export type Notification = {
  id: string;
  invoice: string;
  attempts: Attempt[];
  acknowledged: boolean;
  url: string;
  /** Its parsed body. */
  content: Record<string, unknown>;
};
/** The receipt that the till prints. */
export type Receipt = { invoice: string; name: string; info: string; footer: string; insurance: unknown };
export type Call = {
  direction: "received" | "sent";
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  note: string;
};
/** What the till shows for a code, or why it takes no money. */
export type InquiryResult =
  | { outcome: "bill"; bill: { invoice: string; amount: number; name: string; info: string } }
  | { outcome: "refused"; because: string; detail: string };
/** The kinds and their options are in the simulator's README. */
export type Fault = {
  kind: string;
  channel?: string;
  on?: string;
  times?: number;
  seconds?: number;
  ms?: number;
  amount?: number;
  message?: string;
  code?: string;
};
/** A notification with any content; see the simulator's README. */
export type CustomNotification = {
  invoice: string;
  status?: "SUCCESS" | "FAILED";
  body?: string;
  copies?: number;
  concurrently?: boolean;
  newRequestId?: boolean;
  badSignature?: boolean;
  tampered?: boolean;
  withoutHeaders?: string[];
  url?: string;
};

export type Simulator = ReturnType<typeof createSimulatorClient>;

export function createSimulatorClient(address: string) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${address}/simulator/api/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // A refusal of the till is a result, not an error.
    if (path.startsWith("till/inquiry") && [404, 409].includes(response.status)) return JSON.parse(text);
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
  const of = (customer: string) => `customer=${encodeURIComponent(customer)}`;
  return {
    address,
    listCodes: async (customer: string) =>
      (await call<{ codes: Code[] }>("GET", `codes?${of(customer)}`)).codes,
    listOrders: async (customer: string) =>
      (await call<{ orders: PaylaterOrder[] }>("GET", `orders?${of(customer)}`)).orders,
    listNotifications: async (invoice: string) =>
      (await call<{ notifications: Notification[] }>("GET", `notifications?invoice=${invoice}`))
        .notifications,
    /** Create calls with this name or e-mail address, oldest first. */
    listCreateCalls: async (customer: string) => {
      const { calls } = await call<{ calls: Call[] }>("GET", "calls");
      const isTheirs = ({ direction, method, body }: Call) =>
        direction === "received" && method === "POST" && body.includes(JSON.stringify(customer));
      return calls.filter(isTheirs).reverse();
    },
    /** Calls of the how-to-pay API about a code, oldest first. */
    listHowToPayCalls: async (code: string) => {
      const { calls } = await call<{ calls: Call[] }>("GET", "calls");
      return calls.filter(({ target }) => target.includes(`/how-to-pay-api/${code}/`)).reverse();
    },
    /** What was really paid for this invoice. */
    listPayments: async (invoice: string) => {
      const { payments } = await call<{ payments: { invoice: string; amount: number }[] }>("GET", "ledger");
      return payments.filter((payment) => payment.invoice === invoice);
    },
    /** A fault for one shopper only. */
    addFault: (customer: string, fault: Fault) => call("POST", "faults", { ...fault, customer }),
    /** The till asks what a code is worth. For a DIPC code the simulator asks the shop. */
    inquireAtTill: (code: string) => call<InquiryResult>("POST", "till/inquiry", { code }),
    /** A fault for the next call: an inquiry does not name a shopper. */
    addFaultToNextCall: (fault: Fault) => call("POST", "faults", { ...fault, times: 1 }),
    /** Pays in cash. Resolves when the shop has answered the notification. */
    payAtTill: (code: string) =>
      call<{ receipt: Receipt; notification: Notification }>("POST", "till/pay?wait=1", { code }),
    /** Pays in cash without waiting for the notification. */
    payAtTillWithoutWaiting: (code: string) => call("POST", "till/pay", { code }),
    /** The bill that the till shows for a code. */
    fetchBill: async (code: string) =>
      (await call<{ bill: Record<string, unknown> }>("POST", "till/inquiry", { code })).bill,
    retryNotification: (notificationId: string) =>
      call<{ attempts: Attempt[] }>("POST", `notifications/${notificationId}/retry`),
    sendNotification: async (notification: CustomNotification) =>
      (await call<{ deliveries: Attempt[] }>("POST", "notifications/send", notification)).deliveries,
    decideAtIndodana: (invoice: string, decision: "approve" | "refuse" | "cancel" | "refund") =>
      call<{ notification: Notification | null }>("POST", `indodana/${invoice}/${decision}?wait=1`),
    /** An outage for every call. */
    setDown: (mode: "off" | "reset" | "http_503") => call("POST", "down", { mode }),
  };
}
