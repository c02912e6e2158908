import { existsSync } from "node:fs";
import { startWorker } from "../lib/server/jobs/start-worker";

// `npm run worker`: asks DOKU about payments that are due, in a process of its own. Any number may run beside the app,
// whose own can be switched off with RECONCILE_IN_APP=false.
if (existsSync(".env")) process.loadEnvFile(".env");
await startWorker();
