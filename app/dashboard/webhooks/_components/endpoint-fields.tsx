import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { EndpointFormState } from "../actions";
import type { TypedEndpoint } from "../schema";
import { EventFields } from "./event-fields";

type Props = {
  state: EndpointFormState;
  /** What the fields begin with; after a fault they show what was typed. */
  initial?: TypedEndpoint | undefined;
};

/** The fields of an endpoint, the same for a new one and for one that is changed. */
export function EndpointFields({ state, initial }: Props) {
  const t = useTranslations("dashboard.webhooks");
  const shown = state.status === "wrong" ? state.typed : initial;
  return (
    <>
      <Field
        name="url"
        label={t("url")}
        hint={t("urlHint")}
        error={state.status === "wrong" ? t(`faults.${state.fault}`) : undefined}
        defaultValue={shown?.url}
        inputMode="url"
        autoComplete="off"
        placeholder="https://toko.example/webhooks"
        maxLength={2048}
        required
      />
      <Field
        name="description"
        label={t("description")}
        note={t("optional")}
        defaultValue={shown?.description}
        autoComplete="off"
        maxLength={255}
      />
      <EventFields wanted={shown?.types ?? null} />
    </>
  );
}
