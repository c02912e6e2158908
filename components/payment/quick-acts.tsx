"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toErrandWords, type Errand } from "./errand";
import { ShareLink } from "./share-link";

/** What else a code is good for: pass the errand on, be reminded, paper, another phone. */
export function QuickActs(errand: Errand) {
  const t = useTranslations("payment.live.quick");
  const text = useTranslations("payment.live.share")("text", toErrandWords(errand, useLocale()));
  const [isQrOpen, setQrOpen] = useState(false);
  const path = `/pay/${errand.view.orderId}`;
  return (
    <div className="mt-3 print:hidden">
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(4.25rem,100%),1fr))] gap-1">
        <li>
          <ShareLink text={text} className={tile}>
            <Icon path="M12 15V4m0 0L8 8m4-4 4 4M5 12v7h14v-7" />
            {t("share")}
          </ShareLink>
        </li>
        <li>
          <a href={`${path}/reminder`} className={tile}>
            <Icon path="M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4" />
            {t("remind")}
          </a>
        </li>
        <li>
          <a href={`${path}/print`} className={tile}>
            <Icon path="M7 9V4h10v5M7 16H4.500V9h15v7H17M7 13.500h10V20H7z" />
            {t("print")}
          </a>
        </li>
        <li className="noscript:hidden">
          <button
            type="button"
            aria-expanded={isQrOpen}
            aria-controls="qr"
            onClick={() => setQrOpen(!isQrOpen)}
            className={tile}
          >
            <Icon path="M4.500 4.500h5v5h-5zM14.500 4.500h5v5h-5zM4.500 14.500h5v5h-5zM14.500 14.500v5M19.500 14.500v5M17 17h.01" />
            {t("qr")}
          </button>
        </li>
      </ul>
      <div id="qr" hidden={!isQrOpen} className="mt-3 rounded-2xl border border-line bg-card p-5">
        <p className="text-muted">{t("qrHelp")}</p>
        <div className="mx-auto mt-4 aspect-square w-full max-w-52 rounded-xl bg-[#fff] p-3 text-[#000] forced-color-adjust-none">
          {isQrOpen && <PageQr path={path} />}
        </div>
      </div>
    </div>
  );
}

/** Loaded when it is asked for, and once more when it is asked for again. */
function PageQr({ path }: { path: string }) {
  const t = useTranslations("payment.live.quick");
  const [isMissing, setMissing] = useState(false);
  return isMissing ? (
    t("qrMissing")
  ) : (
    // oxlint-disable-next-line next/no-img-element -- a drawing of this page's address
    <img src={`${path}/qr`} alt={t("qrAlt")} onError={() => setMissing(true)} className="size-full" />
  );
}

const tile =
  "flex min-h-16 w-full flex-col items-center justify-center gap-1 rounded-xl px-1 py-2 text-center text-sm leading-tight " +
  "font-semibold text-primary hover:bg-primary-soft wrap-anywhere";

const Icon = ({ path }: { path: string }) => (
  <svg
    viewBox="0 0 24 24"
    aria-hidden="true"
    className="size-6 shrink-0 fill-none stroke-current stroke-[1.75] [stroke-linecap:round] [stroke-linejoin:round]"
  >
    <path d={path} />
  </svg>
);
