import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { findSession } from "@/db/queries/sessions";
import { isUnavailable } from "@/db/rows";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "../deps";
import type { Locale } from "./choose-locale";
import { orderIdHeader } from "./order-in-path";

/** The language in which the merchant's program wants its session; undefined for every other page. */
export const findSessionLocale = cache(async (): Promise<Locale | undefined> => {
  const orderId = OrderId.safeParse((await headers()).get(orderIdHeader));
  if (!orderId.success) return undefined;
  try {
    return (await findSession((await getDeps()).db, orderId.data))?.locale ?? undefined;
  } catch (error) {
    // The page itself says so, in the browser's language.
    if (isUnavailable(error)) return undefined;
    throw error;
  }
});
