import { useTranslations } from "next-intl";
import { useEffect, type MouseEvent } from "react";
import type { PaymentView } from "@/lib/payment/payment-view";
import { LocalTime } from "../local-time";
import { RupiahText } from "../rupiah";
import { inGroups } from "./in-groups";
import { useAwakeScreen } from "./use-awake-screen";
import { isTarget, useTarget } from "./use-target";

/** The place in the page's address that shows cashier mode; app/globals.css hides the rest of the page then. */
export const cashierTarget = "cashier";
/** Where the page is left at: the card with the code. */
export const codeTarget = "code";

type Props = {
  view: PaymentView;
  code: string;
  merchantName: string;
  /** As the till shows it, or masked for those who have only the link; undefined where there is none. */
  tillName: string | undefined;
  hasBarcode: boolean;
};

/**
 * What the cashier reads: the code as large as the screen allows, black on white in every theme. It needs no JavaScript and
 * no network to open.
 */
export function CashierMode({ view, code, merchantName, tillName, hasBarcode }: Props) {
  const t = useTranslations("payment.live.cashier");
  const isOpen = useTarget(cashierTarget);
  useAwakeScreen(isOpen);
  useEscape();
  const groups = inGroups(code);
  return (
    <section
      id={cashierTarget}
      tabIndex={-1}
      aria-label={t("open")}
      data-rows={groups.length}
      data-barcode={hasBarcode || undefined}
      className="cashier"
    >
      <header className="flex items-center justify-between gap-4">
        <p className="min-w-0 truncate">{merchantName}</p>
        <a
          href={`#${codeTarget}`}
          onClick={onLeave}
          className="-my-2 flex min-h-11 shrink-0 items-center gap-2"
        >
          {t("close")} <span aria-hidden="true">✕</span>
        </a>
      </header>
      {/* The cashier's language, whatever the page's. */}
      <h2 lang="id" className="cashier-words text-xl leading-tight font-bold wrap-anywhere">
        {tillName ? t("sayNamed", { name: tillName }) : t("say")}
      </h2>
      <p className="sr-only">{groups.join(", ")}</p>
      <p aria-hidden="true" className="cashier-digits select-all">
        {groups.map((group, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- groups repeat, and never change places
          <span key={`${place}-${group}`}>{group}</span>
        ))}
      </p>
      {hasBarcode && (
        // oxlint-disable-next-line next/no-img-element -- a drawing of a few hundred bytes, made for this code
        <img
          src={`/pay/${view.orderId}/barcode?code=${code}`}
          alt={t("barcode")}
          className="cashier-barcode"
        />
      )}
      <footer className="cashier-total border-t-2 border-current pt-3">
        <div className="flex flex-wrap items-end justify-between gap-x-4">
          <p className="min-w-0 flex-1 basis-24 text-sm leading-snug">
            {t("total")}
            {view.expiresAt !== undefined && (
              <span className="block">
                {t("until")} <LocalTime iso={view.expiresAt} form="short" />
              </span>
            )}
          </p>
          <RupiahText amount={view.amount} className="text-3xl leading-tight font-bold tracking-tight" />
        </div>
        <p className="mt-1 text-sm">{t("bright")}</p>
      </footer>
    </section>
  );
}

/** Takes the place of cashier mode in the browser's history, so that Back does not open it again. */
const leave = () => location.replace(`#${codeTarget}`);

function onLeave(event: MouseEvent) {
  event.preventDefault();
  leave();
}

/** Asks the address when the key is pressed: a quick Escape comes before React has drawn what the link has opened. */
function useEscape(): void {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && isTarget(cashierTarget) && leave();
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
