import { useTranslations } from "next-intl";
import { LinkImage } from "@/app/_components/link-image";
import { Section } from "@/app/dashboard/_components/section";
import { PendingButton } from "@/components/ui/pending-button";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { removePicture } from "../../actions";
import { PictureForm } from "./picture-form";

/** The picture now, and another one instead. */
export function LinkPicture({ link }: { link: PaymentLinkRow }) {
  const t = useTranslations("dashboard.links");
  return (
    <Section id="picture" title={t("picture")}>
      <LinkImage
        link={link}
        alt={t("pictureAlt", { title: link.title })}
        className="mb-4 rounded-xl border border-line"
      />
      <PictureForm linkId={link.id} />
      {link.picturedAt && (
        <form action={removePicture} className="mt-3">
          <input type="hidden" name="linkId" value={link.id} />
          <PendingButton look="link" pending={t("form.pending")}>
            {t("pictureRemove")}
          </PendingButton>
        </form>
      )}
    </Section>
  );
}
