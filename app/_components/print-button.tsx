"use client";

import { Button } from "@/components/ui/button";

/** Without JavaScript the browser's own menu prints. */
export const PrintButton = ({ label, hint }: { label: string; hint: string }) => (
  <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 print:hidden">
    <Button onClick={() => window.print()} className="noscript:hidden">
      {label}
    </Button>
    <p className="text-sm text-muted">{hint}</p>
  </div>
);
