"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChangeEvent } from "react";
import { shrinkPicture } from "@/app/_components/shrink-picture";
import { buttonClass } from "@/components/ui/button";
import { mostPictureBytes, pictureTypes } from "@/lib/payment/picture";

/** A plain form. With JavaScript a photo that is too large is made smaller before it is sent. */
export function PictureForm({ linkId }: { linkId: string }) {
  const t = useTranslations("dashboard.links");
  const [isShrinking, setShrinking] = useState(false);
  async function choose({ currentTarget: input }: ChangeEvent<HTMLInputElement>) {
    const file = input.files?.[0];
    if (!file || file.size <= mostPictureBytes) return;
    setShrinking(true);
    const smaller = await shrinkPicture(file);
    setShrinking(false);
    // Another file was chosen meanwhile.
    if (!smaller || input.files?.[0] !== file) return;
    const list = new DataTransfer();
    list.items.add(smaller);
    input.files = list.files;
  }
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
