import { readMessages } from "@/lib/server/i18n";
import { getSettings } from "@/lib/server/settings";

/** In try-it mode only: no figure on this page is money. */
export async function SimulatorNotice() {
  const { dokuEnvironment, simulatorUrl } = getSettings();
  if (dokuEnvironment !== "simulator") return null;
  const { tryIt } = (await readMessages()).dashboard;
  return (
    <p className="mb-5 rounded-xl border border-dashed border-field px-4 py-2.5">
      <strong className="font-semibold">{tryIt.title}</strong> {tryIt.body}{" "}
      <a
        href={simulatorUrl}
        className="font-semibold text-primary underline decoration-from-font underline-offset-4"
      >
        {tryIt.link}
      </a>
    </p>
  );
}
