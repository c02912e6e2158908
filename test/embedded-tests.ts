/**
 * The database tests that `npm test` also runs on the embedded database. It is the same PostgreSQL in one process with
 * one connection. What differs is the adapter (values, transactions, errors, NOTIFY), migrations, and how parameter
 * types are inferred. `npm run test:stress` runs every database test on it.
 */
export const embeddedTests = [
  // The adapter itself, and NOTIFY.
  "**/database.db.test.ts",
  "**/live.db.test.ts",
  "**/server/appearance.db.test.ts",
  // The longest statement: everything that a notification changes, in one round trip.
  "**/receive-notification.db.test.ts",
  "**/other-messages.db.test.ts",
  // A payment starts, with a call to DOKU between two transactions.
  "**/start-payment.db.test.ts",
  // Searches, sums, pages and times of the dashboard.
  ...["order", "orders", "search", "search-pages", "summary", "unclear", "unmatched"].map(
    (name) => `**/dashboard/${name}.db.test.ts`,
  ),
  // Triggers that fill the outbox, and deliveries and e-mails that processes lease.
  "**/announce-events.db.test.ts",
  "**/deliver-webhook.db.test.ts",
  "**/deliver-email.db.test.ts",
  // A function that fills a table.
  "**/search-fill.db.test.ts",
  // Ten thousand rows in one statement.
  "**/import-bills.db.test.ts",
  // Random sequences on all of it.
  "**/simulate.db.test.ts",
];

/**
 * Tests that start processes, which takes seconds each time: with the database tests, because most of the processes open
 * one embedded database and are killed.
 */
export const processTests = [
  "db/embedded.test.ts",
  "db/embedded-lock.test.ts",
  "lib/server/jobs/start-worker.test.ts",
];
