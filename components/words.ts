import type { useTranslations } from "next-intl";

/** What `useTranslations` and `getTranslations` give for a part of the catalogue: `t("key", { values })`. */
export type Words<Part extends NonNullable<Parameters<typeof useTranslations>[0]>> = ReturnType<
  typeof useTranslations<Part>
>;
