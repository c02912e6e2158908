"use client";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { errorTexts } from "./_components/error-texts";
import { useReloadIfStale } from "./_components/use-reload-if-stale";
import "./globals.css";

/** Replaces the whole page including its layout, so that the language is unknown: shows both. */
export default function GlobalError({ error, reset }: { error: Error; reset: () => void }) {
  useReloadIfStale(error);
  return (
    <html lang="id">
      <body>
        <title>{errorTexts.id.title}</title>
        <main className="mx-auto max-w-md px-4 py-12">
          <Card className="p-5 sm:p-6">
            <h1 className="text-xl font-bold">{errorTexts.id.title}</h1>
            <p className="mt-2">{errorTexts.id.body}</p>
            <p className="mt-2 text-muted" lang="en">
              {errorTexts.en.title}. {errorTexts.en.body}
            </p>
            <Button className="mt-5 w-full" onClick={reset}>
              {errorTexts.id.again} · <span lang="en">{errorTexts.en.again}</span>
            </Button>
          </Card>
        </main>
      </body>
    </html>
  );
}
