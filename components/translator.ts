import type { useTranslations } from "next-intl";

/** The function that `useTranslations` and `getTranslations` return for a namespace: `t("key", { values })`. */
export type Translator<Part extends NonNullable<Parameters<typeof useTranslations>[0]>> = ReturnType<
  typeof useTranslations<Part>
>;
