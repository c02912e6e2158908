import "server-only";
import { createPostWebhook } from "@/lib/webhooks/post-webhook";
import type { Runtime } from "../deps";
import type { SendingEmails } from "../emails/start-emails";
import { getSettings } from "../env/settings";
import { createRenderData } from "./render-data";
import { startWebhooks } from "./webhook-loop";

/** Sends webhooks with this process's settings. @returns a function that stops it */
export function startSendingWebhooks({
  deps,
  live,
  emails,
}: Pick<Runtime, "deps" | "live"> & { emails: SendingEmails | undefined }): () => Promise<void> {
  const settings = getSettings();
  const { livemode } = settings;
  const render = createRenderData(settings, livemode);
  // Outside production a shop may run on this machine.
  return startWebhooks({ deps, live, render, emails, post: createPostWebhook({ anywhere: !livemode }) });
}
