/** Tables that one role of the app may not touch beyond this; what is in no list it may only read. */
const rights: Record<string, readonly string[]> = {
  // History: written once, and never again changed or removed by the program that wrote it
  // (docs/threats-and-invariants.md#t27).
  insert: [
    "order_items",
    "notifications",
    "inquiries",
    "notification_matches",
    "receipts",
    "receipt_confirmations",
    "payment_events",
  ],
  "insert, update": [
    "products",
    "orders",
    "payments",
    "payment_changes",
    "status_check_pace",
    "users",
    "accounts",
  ],
  // A case is opened by what happened; a person can only close it.
  "insert, update (closed_at, closed_by, note)": ["cases"],
  "insert, update, delete": ["sessions", "verifications", "rate_limits"],
};

/** The statements that give a role of PostgreSQL what the running app needs, and nothing more. */
export function rightsOf(role: string): string[] {
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
