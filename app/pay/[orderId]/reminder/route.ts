import { NextResponse } from "next/server";
import { getLocale, getTranslations } from "next-intl/server";
import { getChannelName } from "@/app/_components/channel-name";
import { toErrandWords } from "@/components/payment/errand";
import { chooseAlarm } from "@/lib/payment/reminder";
import { getAppearance } from "@/lib/server/appearance";
import { toCalendar } from "@/lib/server/calendar";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { findPayable } from "../queries";
import type { PayableView } from "../queries";

/** A calendar file that reminds of the deadline. Where there is nothing to pay, the payment page says why. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/pay/[orderId]/reminder">,
): Promise<Response> {
  const { orderId } = await params;
  const found = await findPayable(orderId);
  if (found.outcome === "not_found") return new Response(null, { status: 404 });
  if (found.outcome !== "payable")
    return NextResponse.redirect(`${getSettings().appUrl}/pay/${orderId}`, 303);
  const { now } = await getDeps();
  return new Response(await writeReminder(found.view, now()), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": `attachment; filename="kode-bayar-${found.view.code.slice(-4)}.ics"`,
    },
  });
}

async function writeReminder(view: PayableView, now: Date): Promise<string> {
  const [locale, t] = [await getLocale(), await getTranslations("payment.live.share")];
  const [{ name: merchantName }, { appUrl }] = [getAppearance(), getSettings()];
  const address = `${appUrl}/pay/${view.orderId}`;
  const channelName = getChannelName(view.channel ?? "");
  const words = toErrandWords({ view, code: view.code, channelName, merchantName, address }, locale);
  const end = new Date(view.expiresAt);
  return toCalendar({
    id: `${view.orderId}-${view.code}@${new URL(appUrl).host}`,
    end,
    createdAt: now,
    alarmMinutes: chooseAlarm((end.getTime() - now.getTime()) / 60_000),
    title: t("reminderTitle", words),
    text: t("text", words),
    url: address,
  });
}
