import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import { DetailItem, DetailList } from "./detail-list";
import { indentJson } from "./indent-json";

/** Unfolds to the unchanged message. Native, so that it works without JavaScript. */
export const RawMessage = ({ title, children }: { title: string; children: ReactNode }) => (
  <details className="group mt-1">
    <summary className="inline-flex min-h-11 items-center gap-2 font-semibold text-primary">
      <span aria-hidden="true" className="transition-transform group-open:rotate-90">
        ›
      </span>
      {title}
    </summary>
    <div className="mt-2 space-y-4">{children}</div>
  </details>
);

/** What was received or sent, as plain text. */
export const WireText = ({ title, text }: { title: string; text: string }) => (
  <figure>
    <figcaption className="mb-1 text-sm text-muted">{title}</figcaption>
    <pre className="digits rounded-xl border border-line bg-background p-3 text-sm whitespace-pre-wrap wrap-anywhere">
      {text}
    </pre>
  </figure>
);

/** A message of DOKU as it is stored. */
export type StoredMessage = {
  receivedAt: string;
  headers: { name: string; value: string }[];
  body: { text: string; isUtf8: boolean } | undefined;
  digest: string;
};

type Props = {
  message: StoredMessage;
  t: Translator<"dashboard">;
  titles: { indented: string; raw: string };
  /** Details of this kind of message only. */
  children?: ReactNode;
};

/** Headers, digest and body of a message; the body indented and unchanged. */
export function StoredMessageDetails({ message, t, titles, children }: Props) {
  const { receivedAt, headers, body, digest } = message;
  const indented = body && indentJson(body.text);
  return (
    <>
      <DetailList>
        <DetailItem name={t("delivery.received")}>
          <LocalTime iso={receivedAt} />
        </DetailItem>
        {headers.map(({ name, value }) => (
          <DetailItem key={name} name={name}>
            {value !== "" && <span className="digits text-sm">{value}</span>}
          </DetailItem>
        ))}
        {children}
        <DetailItem name={t("delivery.digest")}>
          <span className="digits text-sm">{digest}</span>
        </DetailItem>
      </DetailList>
      {!body && <p className="text-sm text-muted">{t("delivery.noBody")}</p>}
      {body && !body.isUtf8 && <p className="text-sm text-muted">{t("delivery.notText")}</p>}
      {indented !== undefined && <WireText title={titles.indented} text={indented} />}
      {body && <WireText title={titles.raw} text={body.text} />}
    </>
  );
}
