"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "@/components/payment/copy-button";
import { LiveRegion } from "@/components/ui/live-region";

/** The address of the customer's page, for a chat or an e-mail. */
export function CopyLink({ link }: { link: string }) {
  const t = useTranslations("dashboard.sheet");
  const [spoken, setSpoken] = useState("");
  return (
    <>
      <CopyButton
        text={link}
        labels={{ copy: t("copy"), copied: t("copied"), copyFailed: t("copyFailed", { link }) }}
        announce={setSpoken}
        look="secondary"
        className="w-full sm:w-auto"
      />
      <LiveRegion>{spoken}</LiveRegion>
    </>
  );
}
