"use client";

import { LinkQr } from "./link-qr";

/** The full address of a path at the browser's own origin. A default export, as `lazy` requires. */
export default function QrCode({ path, label }: { path: string; label: string }) {
  return <LinkQr link={new URL(path, location.href).href} label={label} />;
}
