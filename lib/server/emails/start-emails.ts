import "server-only";
import { findLogo } from "@/db/queries/appearances";
import { createSmtpClient } from "@/lib/email/smtp";
import { loadAppearance } from "@/lib/operations/appearance/load-appearance";
import type { Deps } from "@/lib/operations/deps";
import type { WriteEmail } from "@/lib/operations/emails/deliver-email";
import { getSettings } from "../env/settings";
import { startEmails } from "./email-loop";
import { getOptOutKey } from "./opt-out-key";
import { writeEmail } from "./write-email";

export type SendingEmails = { wake: () => void; stop: () => Promise<void> };

/** Sends e-mails with this process's settings; undefined when they name no mail server. */
export function startSendingEmails(deps: Deps): SendingEmails | undefined {
  const settings = getSettings();
  const { smtp, appUrl, dokuEnvironment } = settings;
  if (!smtp) return undefined;
  const client = createSmtpClient(smtp);
  const isSimulated = dokuEnvironment === "simulator";
  // Read for each: a worker keeps no copy of it, and e-mails are few.
  const write: WriteEmail = async (subject) => {
    const appearance = await loadAppearance({ db: deps.db, settings });
    const logo = appearance.logo && (await findLogo(deps.db, appearance.logo.hash));
    return writeEmail({ appUrl, appearance, logo, isSimulated, optOutKey: getOptOutKey() }, subject);
  };
  const { wake, stop } = startEmails({ deps, write, send: client.send });
  return {
    wake,
    stop: async () => {
      await stop();
      client.close();
    },
  };
}
