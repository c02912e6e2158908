import "server-only";
import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import en from "@/messages/en.json";
import id from "@/messages/id.json";
import { chooseLocale, type Locale } from "./choose-locale";
import { findSessionLocale } from "./session-locale";

/** The shape of a catalogue. The type of `catalogues` makes English have the same keys. */
export type Messages = typeof id;

const catalogues: Record<Locale, Messages> = { id, en };

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** The language of a request: the shopper's choice, else the session's, else the browser's, else Indonesian. */
export async function getLocale(): Promise<Locale> {
  const chosen = (await cookies()).get("locale")?.value ?? (await findSessionLocale());
  return chooseLocale(chosen, (await headers()).get("accept-language"));
}

export default getRequestConfig(async () => {
  const locale = await getLocale();
  return { locale, messages: catalogues[locale], timeZone: "Asia/Jakarta" };
});
