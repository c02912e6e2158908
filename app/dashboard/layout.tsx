import type { Metadata } from "next";
import type { ReactNode } from "react";

export const metadata: Metadata = {
  // Under "no-referrer" browsers send `Origin: null` with a form, which is what a foreign form would send; other sites
  // still learn nothing.
  referrer: "same-origin",
};

/** Holds no check of its own: a layout is not drawn again with every page. Each page asks who is there itself. */
export default function DashboardLayout({ children }: { children: ReactNode }) {
  return children;
}
