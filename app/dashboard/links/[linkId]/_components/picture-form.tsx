"use client";

import { useTranslations } from "next-intl";
import { useShrunkPicture } from "@/app/_components/use-shrunk-picture";
import { buttonClass } from "@/components/ui/button";
import { mostPictureBytes, pictureTypes } from "@/lib/payment/picture";

/** A plain form. With JavaScript a photo that is too large is made smaller before it is sent. */
export function PictureForm({ linkId }: { linkId: string }) {
  const t = useTranslations("dashboard.links");
  const { isShrinking, choose } = useShrunkPicture(mostPictureBytes);
  return (
    <form action={`/api/dashboard/links/${linkId}/picture`} method="post" encType="multipart/form-data">
      <label htmlFor="picture-file" className="mb-1.5 block font-semibold">
        {t("pictureFile")}
      </label>
      <input
        id="picture-file"
        name="picture"
        type="file"
        accept={pictureTypes.join(",")}
        aria-describedby="picture-hint"
        onChange={choose}
        required
        className="block w-full rounded-xl border border-field bg-card p-2.5 file:mr-3 file:min-h-9 file:rounded-lg file:border file:border-field file:bg-neutral-soft file:px-3 file:font-semibold"
      />
      <p id="picture-hint" className="mt-1.5 text-sm text-muted">
        {t("pictureHint")}
      </p>
      <button
        type="submit"
        aria-disabled={isShrinking}
        onClick={(event) => isShrinking && event.preventDefault()}
        className={buttonClass("secondary", "mt-3 w-full")}
      >
        {isShrinking ? t("form.pending") : t("pictureSave")}
      </button>
    </form>
  );
}
