"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { PageLink } from "@/app/dashboard/_components/page-link";
import type { Translator } from "@/components/translator";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FileFault } from "@/lib/operations/bills/bill-table";
import { ImportFaults } from "./import-faults";
import { sendFile, type ImportOutcome } from "./send-file";

type ImportWords = Translator<"dashboard.bills.import">;

type State =
  | { status: "idle" }
  | { status: "sending"; saved: number; of: number | undefined }
  | { status: "done"; result: ImportOutcome };

/** Imports a table: all of its bills, or none. Shows progress, and each wrong row. */
export function ImportForm({ bin }: { bin: string }) {
  const t = useTranslations("dashboard.bills.import");
  const [state, setState] = useState<State>({ status: "idle" });
  const isSending = state.status === "sending";
  async function send(form: FormData) {
    const chosen = form.get("bills");
    if (!(chosen instanceof File) || isSending) return;
    setState({ status: "sending", saved: 0, of: undefined });
    const result = await sendFile(chosen, ({ saved, of }) => setState({ status: "sending", saved, of }));
    setState({ status: "done", result });
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send(new FormData(event.currentTarget));
  };
  return (
    <section id="import" aria-labelledby="import-title" className="mt-8">
      <h2 id="import-title" className="mb-3 text-xl font-bold">
        {t("title")}
      </h2>
      <Card className="p-4 sm:p-5">
        <p className="max-w-prose">{t("intro")}</p>
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
          tabIndex={0}
          aria-label={t("example")}
          className="digits mt-4 overflow-x-auto rounded-xl border border-line bg-background p-3 text-sm"
        >
          {formatExample(bin)}
        </pre>
        <p className="mt-3 max-w-prose text-sm text-muted">{t("columns")}</p>
        <p className="mt-2 max-w-prose text-sm text-muted">{t("spellings")}</p>
        {/* The action is for a form that was sent before this page's scripts ran: React calls it once they have. */}
        <form action={(form) => void send(form)} onSubmit={onSubmit} className="mt-5 grid max-w-xl gap-4">
          <label htmlFor="bills" className="font-semibold">
            {t("file")}
          </label>
          <input
            id="bills"
            name="bills"
            type="file"
            accept=".csv,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            required
            className="block w-full rounded-xl border border-field bg-card p-2.5 file:mr-3 file:min-h-9 file:rounded-lg file:border file:border-field file:bg-neutral-soft file:px-3 file:font-semibold"
          />
          <button
            type="submit"
            aria-disabled={isSending}
            className={buttonClass("primary", "w-full sm:w-auto sm:justify-self-start")}
          >
            {isSending ? t("pending") : t("submit")}
          </button>
          <noscript>{t("noscript")}</noscript>
        </form>
        {isSending && (
          <div className="mt-4 max-w-xl">
            <label htmlFor="import-progress" className="text-sm">
              {state.of === undefined ? t("reading") : t("saving", { saved: state.saved, of: state.of })}
            </label>
            <progress
              id="import-progress"
              value={state.saved}
              max={state.of ?? 1}
              className="mt-1 block h-3 w-full accent-primary"
            />
          </div>
        )}
        {state.status === "done" && <Result result={state.result} t={t} />}
      </Card>
    </section>
  );
}

function Result({ result, t }: { result: ImportOutcome; t: ImportWords }) {
  return (
    <div role="alert" className="mt-5">
      <Notice tone={result.outcome === "imported" ? "good" : "attention"}>{formatOutcome(result, t)}</Notice>
      {result.outcome === "wrong_rows" && <ImportFaults faults={result.faults} />}
      {result.outcome === "imported" && (
        <PageLink href="/dashboard/bills" className={buttonClass("secondary", "mt-3")}>
          {t("show")}
        </PageLink>
      )}
    </div>
  );
}

function formatOutcome(result: ImportOutcome, t: ImportWords): string {
  switch (result.outcome) {
    case "imported":
      return t("done", { count: result.count });
    case "wrong_rows":
      return result.stoppedAt === undefined
        ? t("wrongRows", { count: result.faults.length })
        : t("wrongRowsSoFar", { count: result.faults.length, line: String(result.stoppedAt) });
    case "wrong_file":
      return t(`fileFaults.${result.fault.because}`, getPlace(result.fault));
    case "try_again":
    case "switched_off":
    case "failed":
    case "not_sent":
    case "signed_out":
    case "too_large":
      return t(result.outcome);
  }
}

/** Where a fault is, and what stands there. */
const getPlace = (fault: FileFault): Record<string, string> =>
  Object.fromEntries(Object.entries(fault).map(([name, value]) => [name, String(value)]));

const formatExample = (bin: string): string =>
  [
    "code;amount;description;name;valid_until;email;footer",
    `${bin}${"7".padStart(10, "0")};150000;Iuran November;Sari Dewi;31/12/2026;sari@example.com;Terima kasih`,
    ";75000;Iuran November;Anton Budiman;31/12/2026 17:00;;",
  ].join("\n");
