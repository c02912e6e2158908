import { useTranslations } from "next-intl";
import { LogoImage } from "@/components/ui/logo-image";
import { buttonClass } from "@/components/ui/button";
import { PendingButton } from "@/components/ui/pending-button";
import type { Logo } from "@/lib/appearance/appearance";
import { pictureTypes } from "@/lib/payment/picture";
import { removeLogo } from "../actions";

/** A plain form, because a server action takes no file of this size. */
export function LogoForm({ logo }: { logo: Logo | undefined }) {
  const t = useTranslations("dashboard.appearance");
  return (
    <>
      {logo && <LogoImage logo={logo} className="mb-4" />}
      <form action="/api/dashboard/appearance/logo" method="post" encType="multipart/form-data">
        <label htmlFor="logo-file" className="mb-1.5 block font-semibold">
          {t("logoFile")}
        </label>
        <input
          id="logo-file"
          name="logo"
          type="file"
          accept={[...pictureTypes, "image/svg+xml"].join(",")}
          aria-describedby="logo-hint"
          required
          className="block w-full rounded-xl border border-field bg-card p-2.5 file:mr-3 file:min-h-9 file:rounded-lg file:border file:border-field file:bg-neutral-soft file:px-3 file:font-semibold"
        />
        <p id="logo-hint" className="mt-1.5 text-sm text-muted">
          {t("logoHint")}
        </p>
        <button type="submit" className={buttonClass("secondary", "mt-3 w-full sm:w-auto")}>
          {t("logoSave")}
        </button>
      </form>
      {logo && (
        <form action={removeLogo} className="mt-3">
          <PendingButton look="link" pending={t("pending")}>
            {t("logoRemove")}
          </PendingButton>
        </form>
      )}
    </>
  );
}
