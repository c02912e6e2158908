import "server-only";
import { createPostWebhook } from "@/lib/webhooks/post-webhook";
import type { Runtime } from "../deps";
import { getSettings } from "../env/settings";
import { createRenderData } from "./render-data";
import { startWebhooks } from "./webhook-loop";

/** Sends webhooks with this process's settings. @returns a function that stops it */
export function startSendingWebhooks({ deps, live }: Pick<Runtime, "deps" | "live">): () => Promise<void> {
  const settings = getSettings();
  const { livemode } = settings;
  const render = createRenderData(settings, livemode);
  // Outside production a shop may run on this machine.
  return startWebhooks({ deps, live, render, post: createPostWebhook({ anywhere: !livemode }) });
}
