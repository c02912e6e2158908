"use client";

import { errorTexts } from "./error-texts";
import "./globals.css";

/** Stands in for the whole page, layout and language included: so it says it in both. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="id">
      <body>
        <title>{errorTexts.id.title}</title>
        <main className="mx-auto max-w-md px-4 py-12">
          <h1 className="text-xl font-bold">{errorTexts.id.title}</h1>
          <p className="mt-2 text-muted">{errorTexts.id.body}</p>
          <p className="mt-2 text-muted" lang="en">
            {errorTexts.en.title}. {errorTexts.en.body}
          </p>
          <button
            type="button"
            onClick={reset}
            className="mt-5 min-h-11 w-full rounded-xl bg-leaf px-5 font-semibold text-on-leaf"
          >
            {errorTexts.id.again} · {errorTexts.en.again}
          </button>
        </main>
      </body>
    </html>
  );
}
