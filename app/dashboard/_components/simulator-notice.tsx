import { getTranslations } from "next-intl/server";
import { getSettings } from "@/lib/server/env/settings";

/** In try-it mode only: says that no amount on the page is real. */
export async function SimulatorNotice() {
  const { dokuEnvironment, simulatorUrl } = getSettings();
  if (dokuEnvironment !== "simulator") return null;
  const t = await getTranslations("dashboard.tryIt");
  return (
    <p className="mb-5 rounded-xl border border-dashed border-field px-4 py-2.5">
      <strong className="font-semibold">{t("title")}</strong> {t("body")}{" "}
      <a
        href={simulatorUrl}
        className="font-semibold text-primary underline decoration-from-font underline-offset-4"
      >
        {t("link")}
      </a>
    </p>
  );
}
