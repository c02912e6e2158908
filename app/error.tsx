"use client";

import { Button } from "@/components/ui/button";
import { errorTextsHere } from "./error-texts";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const texts = errorTextsHere();
  return (
    <main className="mx-auto max-w-md px-4 py-12">
      <title>{texts.title}</title>
      <h1 className="text-xl font-bold">{texts.title}</h1>
      <p className="mt-2 text-muted">{texts.body}</p>
      <Button className="mt-5 w-full" onClick={reset}>
        {texts.again}
      </Button>
    </main>
  );
}
