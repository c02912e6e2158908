import "server-only";
import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import en from "@/messages/en.json";
import id from "@/messages/id.json";
import { chooseLocale, type Locale } from "./choose-locale";

/** The shape of a catalogue. English is held to the same keys by the type of `catalogues`. */
export type Messages = typeof id;

const catalogues: Record<Locale, Messages> = { id, en };

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** The language of a request: what the shopper chose, else what the browser asks for, else Indonesian. */
export async function getLocale(): Promise<Locale> {
  return chooseLocale((await cookies()).get("locale")?.value, (await headers()).get("accept-language"));
}

export default getRequestConfig(async () => {
  const locale = await getLocale();
  return { locale, messages: catalogues[locale], timeZone: "Asia/Jakarta" };
});
