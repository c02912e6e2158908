"use client";

import { lazy, Suspense, useState } from "react";
import { Disclosure } from "../ui/disclosure";
import type { PaymentLabels } from "./labels";

/** The library comes only when somebody opens this. */
const QrCode = lazy(() => import("./qr-code"));

/** The address of this page as a QR code, to move it to the phone of whoever pays. */
export function PageQr({ path, labels }: { path: string; labels: PaymentLabels }) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <Disclosure title={labels.qrOpen} onOpen={() => setOpened(true)} className="noscript:hidden">
      <p className="text-muted">{labels.qrHelp}</p>
      <div className="mx-auto mt-4 size-52 rounded-xl bg-[#fff] p-3 forced-color-adjust-none">
        {wasOpened && (
          <Suspense>
            <QrCode path={path} label={labels.qrAlt} />
          </Suspense>
        )}
      </div>
    </Disclosure>
  );
}
