import type { FieldMetadata } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { getAreaProps, getFieldProps } from "@/app/_components/server-form";
import { Field, TextArea } from "@/components/ui/field";
import { appearanceLimits } from "@/lib/appearance/appearance";
import type { AppearanceField } from "../schema";
import { ColourPicker } from "./colour-picker";

type Fields = Record<AppearanceField, FieldMetadata<string | undefined>>;

export function LookFields({ fields, placeholder }: { fields: Fields; placeholder: string }) {
  const t = useTranslations("dashboard.appearance");
  return (
    <div className="space-y-5">
      <Field
        {...getFieldProps(fields.name)}
        label={t("name")}
        note={t("optional")}
        hint={t("nameHint")}
        placeholder={placeholder}
        autoComplete="off"
        maxLength={appearanceLimits.name}
      />
      <div className="flex flex-wrap items-start gap-x-3">
        <Field
          {...getFieldProps(fields.accent)}
          label={t("accent")}
          note={t("optional")}
          hint={t("accentHint")}
          placeholder="#0c6b52"
          autoComplete="off"
          spellCheck={false}
          className="min-w-0 flex-1 basis-56"
        />
        <ColourPicker target={fields.accent.name} start={fields.accent.initialValue} label={t("pick")} />
      </div>
    </div>
  );
}

type ContactProps = { fields: Fields; defaults: Partial<Record<AppearanceField, string | undefined>> };

export function ContactFields({ fields, defaults }: ContactProps) {
  const t = useTranslations("dashboard.appearance");
  const shared = { note: t("optional"), autoComplete: "off" };
  return (
    <fieldset className="space-y-5">
      <legend className="mb-3 text-lg font-bold">{t("contact")}</legend>
      <Field
        {...getFieldProps(fields.whatsapp, "tel")}
        {...shared}
        label={t("whatsapp")}
        placeholder={defaults.whatsapp ?? "0812-3456-7890"}
      />
      <Field
        {...getFieldProps(fields.phone, "tel")}
        {...shared}
        label={t("phone")}
        placeholder={defaults.phone}
        maxLength={appearanceLimits.phone}
      />
      {/* Not of the type "email" or "url": the browser's messages may be in another language than the page. */}
      <Field
        {...getFieldProps(fields.email)}
        {...shared}
        label={t("email")}
        inputMode="email"
        placeholder={defaults.email}
      />
      <Field
        {...getFieldProps(fields.website)}
        {...shared}
        label={t("website")}
        inputMode="url"
        placeholder="tokosenja.id"
      />
    </fieldset>
  );
}

export function HelpFields({ fields }: { fields: Fields }) {
  const t = useTranslations("dashboard.appearance");
  return (
    <fieldset className="space-y-5">
      <legend className="mb-1 text-lg font-bold">{t("help")}</legend>
      <p className="text-sm text-muted">{t("helpHint")}</p>
      <TextArea
        {...getAreaProps(fields.helpId)}
        label={t("helpId")}
        note={t("optional")}
        maxLength={appearanceLimits.help}
      />
      <TextArea
        {...getAreaProps(fields.helpEn)}
        label={t("helpEn")}
        note={t("optional")}
        maxLength={appearanceLimits.help}
      />
    </fieldset>
  );
}
