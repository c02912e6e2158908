/**
 * The database tests that `npm test` runs on the embedded engine too. It is the same PostgreSQL, in one process and with
 * one connection; what differs is ours: its adapter (values, transactions, errors, NOTIFY), how it migrates, and SQL
 * whose parameters it has to infer by itself. `npm run test:stress` runs every database test on it.
 */
export const embeddedTests = [
  // The adapter itself, and who is told of a change.
  "**/database.db.test.ts",
  "**/live.db.test.ts",
  // The longest statement: what a message of DOKU changes, in one round trip.
  "**/receive-notification.db.test.ts",
  // Every way a payment begins, with DOKU asked between two transactions.
  "**/start-payment.db.test.ts",
  // Searches, sums, pages and times of the dashboard.
  "**/dashboard/orders.db.test.ts",
  // Ten thousand rows in one statement.
  "**/import-bills.db.test.ts",
  // Random lives of orders on all of it.
  "**/simulate.db.test.ts",
] as const;
