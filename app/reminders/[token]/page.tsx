import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ShopperPage } from "@/app/_components/shopper-page";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { isOptedOut } from "@/db/queries/emails";
import { isUnavailable } from "@/db/rows";
import { getDeps } from "@/lib/server/deps";
import { parseReminderToken } from "@/lib/server/emails/opt-out-key";
import { getSettings } from "@/lib/server/env/settings";
import { log } from "@/lib/server/log";
import { chooseRemindersFromPage } from "./actions";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reminders"))("title"), robots: { index: false } };
}

/** Where the link in a reminder leads. Nothing is changed by looking: programs that check links open them too. */
export default async function RemindersPage({ params }: Props) {
  const { token } = await params;
  const addressHash = parseReminderToken(token);
  if (addressHash === undefined) return <InvalidLink />;
  const isOff = await findChoice(addressHash);
  if (isOff === "unavailable") return <UnavailablePage path={`/reminders/${token}`} />;
  const t = await getTranslations("reminders");
  return (
    <ShopperPage>
      <Card className="p-5 sm:p-6">
        <h1 className="text-xl font-bold">{t("title")}</h1>
        {/* Said by screen readers when the button has changed it. */}
        <output className="mt-2 block">{t(isOff ? "off" : "on")}</output>
        <p className="mt-2 text-muted">{t("stillSent")}</p>
        <form action={chooseRemindersFromPage} className="mt-5">
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="wanted" value={String(isOff)} />
          <button type="submit" className={buttonClass(isOff ? "secondary" : "primary", "w-full")}>
            {t(isOff ? "resume" : "stop")}
          </button>
        </form>
      </Card>
    </ShopperPage>
  );
}

async function findChoice(addressHash: string): Promise<boolean | "unavailable"> {
  try {
    return await isOptedOut((await getDeps()).db, addressHash);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "page_failed", { error });
    return "unavailable";
  }
}

async function InvalidLink() {
  const t = await getTranslations("reminders");
  return (
    <ShopperPage>
      <Card className="p-5 sm:p-6">
        <h1 className="text-xl font-bold">{t("invalid")}</h1>
        <p className="mt-2 text-muted">{t("invalidBody", { shop: getSettings().merchantName })}</p>
      </Card>
    </ShopperPage>
  );
}
