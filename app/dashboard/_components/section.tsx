import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

type Props = { id: string; title: string; children: ReactNode; aside?: ReactNode; className?: string };

/** A titled card of the order's page. */
export const Section = ({ id, title, children, aside, className = "" }: Props) => (
  <Card labelledBy={id} className={`p-4 sm:p-5 ${className}`}>
    <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
      <h2 id={id} className="text-lg font-bold tracking-tight">
        {title}
      </h2>
      {aside}
    </div>
    {children}
  </Card>
);
