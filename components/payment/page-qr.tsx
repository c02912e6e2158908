"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Disclosure } from "../ui/disclosure";

/** The library is loaded only when the disclosure is opened. */
const QrCode = lazy(() => import("./qr-code"));

/** The address of this page as a QR code, to continue on another phone. */
export function PageQr({ path }: { path: string }) {
  const t = useTranslations("payment.live");
  const [wasOpened, setOpened] = useState(false);
  return (
    <Disclosure title={t("qrOpen")} onOpen={() => setOpened(true)} className="noscript:hidden">
      <p className="text-muted">{t("qrHelp")}</p>
      <div className="mx-auto mt-4 aspect-square w-full max-w-52 rounded-xl bg-[#fff] p-3 forced-color-adjust-none">
        {wasOpened && (
          <Suspense>
            <QrCode path={path} label={t("qrAlt")} />
          </Suspense>
        )}
      </div>
    </Disclosure>
  );
}
