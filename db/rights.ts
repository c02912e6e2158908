/** What the app's role may write, by table. Tables in no list can only be read. */
const rights: Record<string, readonly string[]> = {
  // History: inserted once, never updated or deleted by the app
  // (docs/threats-and-invariants.md#t27).
  insert: [
    "order_items",
    "notifications",
    "inquiries",
    "notification_matches",
    "receipts",
    "receipt_confirmations",
    "payment_events",
    "payment_link_orders",
    "logos",
    "appearances",
    "payment_claims",
  ],
  "insert, update": [
    "products",
    "orders",
    "payments",
    "payment_changes",
    "status_check_pace",
    "checkout_sessions",
    "api_keys",
    "webhook_endpoints",
    "payment_links",
    "payment_link_pictures",
    "users",
    "accounts",
  ],
  // The app opens cases and can only close them.
  "insert, update (closed_at, closed_by, note, resolution, returned_on, returned_how)": ["cases"],
  "insert, update, delete": [
    "sessions",
    "verifications",
    "rate_limits",
    "unsigned_messages",
    "order_browsers",
    "processes",
    "idempotency_keys",
    "webhook_deliveries",
    "emails",
  ],
  // Deleted when they are old, or when a shopper wants reminders again. What is to become an event comes from triggers.
  "insert, delete": ["api_events", "webhook_attempts", "email_opt_outs", "payment_claim_photos"],
  delete: ["outbox"],
};

/** The statements that give a PostgreSQL role exactly what the running app needs. */
export function listGrants(role: string): string[] {
  const name = `"${role.replaceAll('"', '""')}"`;
  return [
    `grant usage on schema public to ${name}`,
    `revoke all on all tables in schema public from ${name}`,
    `grant select on all tables in schema public to ${name}`,
    ...Object.entries(rights).map(
      ([what, tables]) =>
        `grant ${what} on ${tables.map((table) => `public.${table}`).join(", ")} to ${name}`,
    ),
  ];
}
