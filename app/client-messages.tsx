import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Messages } from "@/lib/server/i18n/i18n";
import { pickMessages } from "@/lib/server/pick-messages";

type Props = {
  /** For example `["payment.live"]`. The rest of the catalogue stays on the server. */
  parts: readonly string[];
  children: ReactNode;
};

/** Sends client components the part of the catalogue that they use. */
export const ClientMessages = async ({ parts, children }: Props) => (
  <NextIntlClientProvider messages={pickMessages(await getMessages(), parts) as Partial<Messages>}>
    {children}
  </NextIntlClientProvider>
);
