"use client";

import { QRCodeSVG } from "qrcode.react";

/** Black on white in either theme: a scanner wants contrast, not mood. Default export, as lazy loading asks. */
export default function QrCode({ path, label }: { path: string; label: string }) {
  return (
    <QRCodeSVG
      value={new URL(path, location.href).href}
      title={label}
      size={184}
      marginSize={0}
      className="size-full"
    />
  );
}
