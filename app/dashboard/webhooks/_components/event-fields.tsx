import { useTranslations } from "next-intl";
import { eventTypes } from "@/lib/webhooks/event-types";

/** Which events an endpoint wants; nothing ticked means all, also those of later releases. */
export function EventFields({ wanted = null }: { wanted?: readonly string[] | null }) {
  const t = useTranslations("dashboard.webhooks");
  return (
    <fieldset>
      <legend className="font-semibold">{t("events")}</legend>
      <p className="mt-1 text-sm text-muted">{t("eventsHint")}</p>
      <div className="mt-1 grid gap-x-6 sm:grid-cols-2">
        {eventTypes
          .filter((type) => type !== "webhook.test")
          .map((type) => (
            <label key={type} className="flex min-h-11 items-center gap-3">
              <input
                type="checkbox"
                name="types"
                value={type}
                defaultChecked={wanted?.includes(type) ?? false}
                className="size-5 accent-primary"
              />
              <span className="digits wrap-anywhere">{type}</span>
            </label>
          ))}
      </div>
    </fieldset>
  );
}
