"use client";

import { useTranslations } from "next-intl";
import { useShrunkPicture } from "@/app/_components/use-shrunk-picture";
import { buttonClass } from "@/components/ui/button";
import { Field, TextArea } from "@/components/ui/field";
import { claimLimits } from "@/lib/payment/payment-claim";
import { pictureTypes } from "@/lib/payment/picture";

/** Above it a photo is made smaller before it is sent: on a slow connection 5 MB take a minute. */
const shrinkAboveBytes = 1024 * 1024;

/** A plain form. With JavaScript a large photo is made smaller before it is sent. */
export function ClaimForm({ orderId }: { orderId: string }) {
  const t = useTranslations("claim");
  const { isShrinking, choose } = useShrunkPicture(shrinkAboveBytes);
  return (
    <form action={`/api/claims/${orderId}`} method="post" encType="multipart/form-data" className="space-y-5">
      <Field
        name="receiptNumber"
        label={t("receiptNumber")}
        hint={t("receiptNumberHint")}
        autoComplete="off"
        maxLength={claimLimits.receiptNumber}
      />
      <div>
        <label htmlFor="photo" className="mb-1.5 block font-semibold">
          {t("photo")}
        </label>
        <input
          id="photo"
          name="photo"
          type="file"
          accept={pictureTypes.join(",")}
          aria-describedby="photo-hint"
          onChange={choose}
          className="block w-full rounded-xl border border-field bg-card p-2.5 file:mr-3 file:min-h-9 file:rounded-lg file:border file:border-field file:bg-neutral-soft file:px-3 file:font-semibold"
        />
        <p id="photo-hint" className="mt-1.5 text-sm text-muted">
          {t("photoHint")}
        </p>
      </div>
      <TextArea name="note" label={t("note")} note={t("optional")} maxLength={claimLimits.note} />
      <button
        type="submit"
        aria-disabled={isShrinking}
        onClick={(event) => isShrinking && event.preventDefault()}
        className={buttonClass("primary", "w-full")}
      >
        {isShrinking ? t("pending") : t("submit")}
      </button>
    </form>
  );
}
