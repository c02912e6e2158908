import "server-only";
import { createSmtpClient } from "@/lib/email/smtp";
import type { Deps } from "@/lib/operations/deps";
import { getSettings } from "../env/settings";
import { startEmails } from "./email-loop";
import { getOptOutKey } from "./opt-out-key";
import { createWriteEmail } from "./write-email";

export type SendingEmails = { wake: () => void; stop: () => Promise<void> };

/** Sends e-mails with this process's settings; undefined when they name no mail server. */
export function startSendingEmails(deps: Deps): SendingEmails | undefined {
  const { smtp, appUrl, merchantName, dokuEnvironment } = getSettings();
  if (!smtp) return undefined;
  const client = createSmtpClient(smtp);
  const isSimulated = dokuEnvironment === "simulator";
  const write = createWriteEmail({ appUrl, merchantName, isSimulated, optOutKey: getOptOutKey() });
  const { wake, stop } = startEmails({ deps, write, send: client.send });
  return {
    wake,
    stop: async () => {
      await stop();
      client.close();
    },
  };
}
