"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { Locale } from "next-intl";

/** What stands around every page, for a page that cannot ask the server any more. */
type Frame = {
  locale: Locale;
  merchantName: string;
  labels: Record<"skip" | "language" | "toIndonesian" | "toEnglish", string>;
};

const FrameContext = createContext<Frame | undefined>(undefined);

/** Laid down by the layout, which outlives the page in it: the document's own language is not set yet when that broke. */
export const FrameProvider = ({ frame, children }: { frame: Frame; children: ReactNode }) => (
  <FrameContext value={frame}>{children}</FrameContext>
);

/** @throws outside the layout, whose place app/global-error.tsx takes then */
export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error("There is no layout around this page.");
  return frame;
}
