import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Messages } from "@/lib/server/i18n/i18n";
import { pickMessages } from "@/lib/server/pick-messages";

type Props = {
  /** Such as `["payment.live"]`. Everything else of the catalogue stays on the server. */
  parts: readonly string[];
  children: ReactNode;
};

/** Gives the client components below it the words that they use. */
export const ClientMessages = async ({ parts, children }: Props) => (
  <NextIntlClientProvider messages={pickMessages(await getMessages(), parts) as Partial<Messages>}>
    {children}
  </NextIntlClientProvider>
);
