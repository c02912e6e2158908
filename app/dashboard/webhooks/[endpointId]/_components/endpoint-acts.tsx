import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import { PendingButton } from "@/components/ui/pending-button";
import { SelectField } from "@/components/ui/select-field";
import { removeEndpoint, resendRange, switchEndpoint, testEndpoint } from "../../actions";

const hours = [1, 6, 24, 72, 168, 720] as const;

/** What can be done with an endpoint; removing it is folded away. */
export function EndpointActs({ id, isOn }: { id: string; isOn: boolean }) {
  const t = useTranslations("dashboard.webhooks");
  const idField = <input type="hidden" name="id" value={id} />;
  return (
    <div className="mt-5 grid gap-4">
      <div className="flex flex-wrap gap-3">
        <form action={testEndpoint}>
          {idField}
          <PendingButton pending={t("pending")} className="">
            {t("test")}
          </PendingButton>
        </form>
        <form action={switchEndpoint}>
          {idField}
          <input type="hidden" name="to" value={isOn ? "off" : "on"} />
          <PendingButton pending={t("pending")} className="">
            {isOn ? t("switchOff") : t("switchOn")}
          </PendingButton>
        </form>
      </div>
      <form action={resendRange} className="flex flex-wrap items-end gap-3">
        {idField}
        <SelectField
          name="hours"
          label={t("resendRange")}
          options={hours.map((some) => ({ value: String(some), label: t("lastHours", { hours: some }) }))}
          defaultValue="24"
        />
        <PendingButton pending={t("pending")} className="">
          {t("resendAll")}
        </PendingButton>
      </form>
      <Disclosure title={t("remove")}>
        <p className="mb-3 max-w-prose text-sm text-muted">{t("removeHint")}</p>
        <form action={removeEndpoint}>
          {idField}
          <PendingButton pending={t("pending")} className="">
            {t("removeNow")}
          </PendingButton>
        </form>
      </Disclosure>
    </div>
  );
}
