import { existsSync } from "node:fs";
import { startWorker } from "../lib/server/jobs/start-worker";

// `npm run worker`: reconciles payments with DOKU in its own process. Several can run besides the app, whose own worker
// RECONCILE_IN_APP=false switches off.
if (existsSync(".env")) process.loadEnvFile(".env");
await startWorker();
