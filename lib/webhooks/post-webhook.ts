import { fetchPublic } from "../http/public-fetch";
import type { PublicFetchOptions } from "../http/public-fetch";
import { signMessage } from "./sign";
import type { SignedMessage } from "./sign";

export type WebhookAnswer = {
  /** null without an answer. */
  httpStatus: number | null;
  /** Why there was none. */
  failure: string | null;
  /** The beginning of what the endpoint answered. */
  text: string;
};

export type PostWebhook = (
  target: { url: string; secrets: readonly string[] },
  message: SignedMessage,
) => Promise<WebhookAnswer>;

const usualPatienceMs = 10_000;
const maxBytes = 256 * 1024;
const maxText = 2000;

type PostOptions = Pick<PublicFetchOptions, "anywhere" | "resolve"> & { patienceMs?: number };

/**
 * Posts one signed event. Never rejects because of the network.
 * @param anywhere whether this machine and private networks may be reached: in try-it mode and tests
 */
export const createPostWebhook =
  ({ patienceMs = usualPatienceMs, ...options }: PostOptions): PostWebhook =>
  async ({ url, secrets }, message) => {
    const answer = await fetchPublic(
      new URL(url),
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "Kode-Bayar-Webhooks/1",
          ...signMessage(message, secrets),
        },
        body: Buffer.from(message.body),
      },
      { timeoutMs: patienceMs, maxBytes, ...options },
    );
    if (answer.outcome !== "answered") return { httpStatus: null, failure: answer.because, text: "" };
    const text = Buffer.from(answer.body).toString("utf8").replaceAll("\0", "").slice(0, maxText);
    return { httpStatus: answer.httpStatus, failure: null, text };
  };
