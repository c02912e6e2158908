"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Button, ButtonLink } from "@/components/ui/button";

const canShare = () => typeof navigator.share === "function";
const subscribeToNothing = () => () => undefined;

/** Opens the phone's own list of apps where there is one; elsewhere, and without JavaScript, a chat. */
export function ShareButton({ title, address }: { title: string; address: string }) {
  const t = useTranslations("dashboard.links");
  const isShared = useSyncExternalStore(subscribeToNothing, canShare, () => false);
  if (isShared)
    return (
      <Button className="w-full sm:w-auto" onClick={() => void share(title, address)}>
        {t("shareTo")}
      </Button>
    );
  return (
    <ButtonLink
      href={`https://wa.me/?text=${encodeURIComponent(`${title}\n${address}`)}`}
      target="_blank"
      rel="noreferrer"
      className="w-full sm:w-auto"
    >
      {t("whatsApp")}
    </ButtonLink>
  );
}

/** A person who closes the list has shared nothing, which is no failure. */
const share = (title: string, url: string): Promise<void> =>
  navigator.share({ title, url }).catch(() => undefined);
