"use client";

import { useState } from "react";
import { CopyButton } from "@/components/payment/copy-button";
import { LiveRegion } from "@/components/ui/live-region";

type Props = { link: string; labels: Record<"copy" | "copied" | "copyFailed", string> };

/** The address of the customer's page, for a chat or an e-mail. */
export function CopyLink({ link, labels }: Props) {
  const [spoken, setSpoken] = useState("");
  return (
    <>
      <CopyButton
        text={link}
        labels={labels}
        announce={setSpoken}
        look="secondary"
        className="w-full sm:w-auto"
      />
      <LiveRegion>{spoken}</LiveRegion>
    </>
  );
}
