import type { ReactNode } from "react";

/** Opens to a message word for word. Native, so it opens without JavaScript. */
export const RawMessage = ({ title, children }: { title: string; children: ReactNode }) => (
  <details className="group mt-1">
    <summary className="inline-flex min-h-11 items-center gap-2 font-semibold text-leaf">
      <span aria-hidden="true" className="transition-transform group-open:rotate-90">
        ›
      </span>
      {title}
    </summary>
    <div className="mt-2 space-y-4">{children}</div>
  </details>
);

/** What came or went over the wire. Everything in it is shown as text. */
export const WireText = ({ title, text }: { title: string; text: string }) => (
  <figure>
    <figcaption className="mb-1 text-sm text-muted">{title}</figcaption>
    <pre className="digits rounded-xl border border-line bg-paper p-3 text-sm whitespace-pre-wrap wrap-anywhere">
      {text}
    </pre>
  </figure>
);
