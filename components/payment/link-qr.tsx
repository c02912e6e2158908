"use client";

import { QRCodeSVG } from "qrcode.react";

/** Black on white in both themes, because scanners need contrast. */
export const LinkQr = ({ link, label }: { link: string; label: string }) => (
  <QRCodeSVG value={link} title={label} size={184} marginSize={0} className="size-full" />
);
