import { NextResponse } from "next/server";
import { chooseReminders } from "@/lib/operations/emails/choose-reminders";
import { getDeps } from "@/lib/server/deps";
import { parseReminderToken } from "@/lib/server/emails/opt-out-key";
import { getSettings } from "@/lib/server/env/settings";

type Context = { params: Promise<{ token: string }> };

/** The address of the header `List-Unsubscribe`: a mail program stops reminders with one POST, without cookies (RFC 8058). */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const addressHash = parseReminderToken((await params).token);
  if (addressHash === undefined) return new Response(null, { status: 404 });
  await chooseReminders(await getDeps(), { addressHash, wanted: false });
  return new Response(null, { status: 200 });
}

/** A mail program that knows no such POST opens the address as a page. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  if (parseReminderToken(token) === undefined) return new Response(null, { status: 404 });
  return NextResponse.redirect(`${getSettings().appUrl}/reminders/${token}`, 303);
}
