import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";

const Line = z.object({ productId: z.string(), name: z.string(), price: z.number(), quantity: z.number() });
const Order = z.object({
  id: z.string(),
  placedAt: z.string(),
  lines: z.array(Line),
  total: z.number(),
  /** What the checkout calls it; undefined until it has answered. */
  sessionId: z.string().optional(),
  status: z.enum(["open", "paid", "expired", "cancelled", "refunded"]),
  /** Of the session, as the newest message had it. */
  version: z.number(),
  /** What the shop does for a paid order, here only counted: it must happen once. */
  timesPacked: z.number(),
});
export type Order = z.infer<typeof Order>;
export type OrderLine = z.infer<typeof Line>;

const Stored = z.object({ orders: z.array(Order), seenMessages: z.array(z.string()) });
type Stored = z.infer<typeof Stored>;

/** What the shop is told of a session. */
export type SessionNews = Pick<Order, "status" | "version"> & { sessionId: string; orderId: string | null };

/** The shop's orders, in a file: a real shop has a database, and does the same in one transaction. */
export class Orders {
  private readonly stored: Stored;

  constructor(private readonly file: string) {
    this.stored = existsSync(file)
      ? Stored.parse(JSON.parse(readFileSync(file, "utf8")))
      : { orders: [], seenMessages: [] };
  }

  /** The newest first. */
  list(): Order[] {
    return this.stored.orders.toReversed();
  }

  find(id: string): Order | undefined {
    return this.stored.orders.find((order) => order.id === id);
  }

  add(order: Pick<Order, "id" | "placedAt" | "lines" | "total">): void {
    this.stored.orders.push({ ...order, status: "open", version: 0, timesPacked: 0 });
    this.save();
  }

  connect(id: string, sessionId: string): void {
    const order = this.find(id);
    if (order) order.sessionId = sessionId;
    this.save();
  }

  /** Takes a message once, however often it comes, and remembers it in the same write as what it did. */
  receive(messageId: string, news: SessionNews | undefined): void {
    if (this.stored.seenMessages.includes(messageId)) return;
    this.stored.seenMessages.push(messageId);
    if (news) this.apply(news);
    this.save();
  }

  /** Messages may come in any order: what is older than the known version changes nothing. */
  private apply({ sessionId, orderId, status, version }: SessionNews): void {
    const order = this.stored.orders.find((one) => one.id === orderId || one.sessionId === sessionId);
    if (!order || version <= order.version) return;
    if (status === "paid" && order.status !== "paid") order.timesPacked += 1;
    Object.assign(order, { status, version, sessionId });
  }

  /** Written beside and renamed, so that a crash leaves the old file or the new one. */
  private save(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify(this.stored), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
