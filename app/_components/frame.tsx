"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { Locale } from "next-intl";
import type { Logo } from "@/lib/appearance/appearance";

/** What surrounds every page, kept for the error page, which cannot ask the server. */
type Frame = {
  locale: Locale;
  merchantName: string;
  logo: Logo | undefined;
  labels: Record<"skip" | "language" | "toIndonesian" | "toEnglish", string>;
};

const FrameContext = createContext<Frame | undefined>(undefined);

/** Provided by the layout, which survives when the page in it throws. */
export const FrameProvider = ({ frame, children }: { frame: Frame; children: ReactNode }) => (
  <FrameContext value={frame}>{children}</FrameContext>
);

/** @throws outside the layout; then app/global-error.tsx is shown */
export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error("There is no layout around this page.");
  return frame;
}
