"use client";

import { LinkQr } from "./link-qr";

/** The address of a page of this shop, as this browser reaches it. Default export, as lazy loading asks. */
export default function QrCode({ path, label }: { path: string; label: string }) {
  return <LinkQr link={new URL(path, location.href).href} label={label} />;
}
