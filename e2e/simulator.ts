/** DOKU as the journeys steer it: the simulator's control API. */
export type Code = { invoice: string; code: string; amount: number; state: string; timesPaid: number };
export type PaylaterOrder = { invoice: string; id: string; amount: number; state: string; url: string };
export type Attempt = { status: number | null; requestId: string };
export type Notification = {
  id: string;
  invoice: string;
  attempts: Attempt[];
  acknowledged: boolean;
  url: string;
  /** What its body says. */
  content: Record<string, unknown>;
};
/** What the till prints. */
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
/** What a cashier sees of a code, or why there is nothing to pay. */
export type Inquired =
  | { outcome: "bill"; bill: { invoice: string; amount: number; name: string; info: string } }
  | { outcome: "refused"; because: string; detail: string };
/** `kind` is one of the simulator's; what else a kind takes is in its README. */
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
/** A message of the test's own making; see the simulator's README. */
export type Wish = {
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

export type Simulator = ReturnType<typeof simulatorAt>;

export function simulatorAt(address: string) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${address}/simulator/api/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // A till that takes no money is an answer too.
    if (path.startsWith("till/inquiry") && [404, 409].includes(response.status)) return JSON.parse(text);
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
  const of = (customer: string) => `customer=${encodeURIComponent(customer)}`;
  return {
    address,
    codesOf: async (customer: string) =>
      (await call<{ codes: Code[] }>("GET", `codes?${of(customer)}`)).codes,
    ordersOf: async (customer: string) =>
      (await call<{ orders: PaylaterOrder[] }>("GET", `orders?${of(customer)}`)).orders,
    notificationsOf: async (invoice: string) =>
      (await call<{ notifications: Notification[] }>("GET", `notifications?invoice=${invoice}`))
        .notifications,
    /** Create calls that name this shopper, or this e-mail, in the order they came. */
    createCallsOf: async (customer: string) => {
      const { calls } = await call<{ calls: Call[] }>("GET", "calls");
      const isTheirs = ({ direction, method, body }: Call) =>
        direction === "received" && method === "POST" && body.includes(JSON.stringify(customer));
      return calls.filter(isTheirs).reverse();
    },
    /** What was really paid for this invoice. */
    paymentsOf: async (invoice: string) => {
      const { payments } = await call<{ payments: { invoice: string; amount: number }[] }>("GET", "ledger");
      return payments.filter((payment) => payment.invoice === invoice);
    },
    /** For one shopper alone. */
    arm: (customer: string, fault: Fault) => call("POST", "faults", { ...fault, customer }),
    /** A cashier types a code. One that the shop keeps is asked of the shop. */
    inquireAtTill: (code: string) => call<Inquired>("POST", "till/inquiry", { code }),
    /** For whoever comes first: of an inquiry DOKU does not know whose it will be. */
    armForNext: (fault: Fault) => call("POST", "faults", { ...fault, times: 1 }),
    /** Cash over the counter; resolves when DOKU has told the shop, and the shop has answered. */
    payAtTill: (code: string) =>
      call<{ receipt: Receipt; notification: Notification }>("POST", "till/pay?wait=1", { code }),
    /** The same, without waiting for anybody to hear of it. */
    payAtTillUnheard: (code: string) => call("POST", "till/pay", { code }),
    /** What a cashier reads when the code is typed. */
    billOf: async (code: string) =>
      (await call<{ bill: Record<string, unknown> }>("POST", "till/inquiry", { code })).bill,
    tellAgain: (notificationId: string) =>
      call<{ attempts: Attempt[] }>("POST", `notifications/${notificationId}/retry`),
    send: async (wish: Wish) =>
      (await call<{ deliveries: Attempt[] }>("POST", "notifications/send", wish)).deliveries,
    decideAtIndodana: (invoice: string, decision: "approve" | "refuse" | "cancel" | "refund") =>
      call<{ notification: Notification | null }>("POST", `indodana/${invoice}/${decision}?wait=1`),
    /** For everybody. */
    setDown: (mode: "off" | "reset" | "http_503") => call("POST", "down", { mode }),
  };
}
