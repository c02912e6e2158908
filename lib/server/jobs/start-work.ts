import "server-only";
import type { Runtime } from "../deps";
import { startSendingEmails } from "../emails/start-emails";
import { startSendingWebhooks } from "../webhooks/start-webhooks";
import { startReconciling } from "./reconcile-loop";

/** Starts all background work: in the app, or in worker processes. @returns functions that stop it */
export function startWork(deps: Runtime["deps"], live: Runtime["live"]): (() => Promise<void>)[] {
  const emails = startSendingEmails(deps);
  const webhooks = startSendingWebhooks({ deps, live, emails });
  return [startReconciling(deps), webhooks, ...(emails ? [emails.stop] : [])];
}
