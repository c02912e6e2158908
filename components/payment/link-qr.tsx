"use client";

import { QRCodeSVG } from "qrcode.react";

/** Black on white in either theme: a scanner wants contrast, not mood. */
export const LinkQr = ({ link, label }: { link: string; label: string }) => (
  <QRCodeSVG value={link} title={label} size={184} marginSize={0} className="size-full" />
);
