import { toQrSvg } from "@/lib/server/barcode";

/** An address as a QR code. It stands on white in both themes, because scanners need contrast. */
export const LinkQr = ({ link, label }: { link: string; label: string }) => (
  // oxlint-disable-next-line next/no-img-element -- a drawing inside the page
  <img src={`data:image/svg+xml,${encodeURIComponent(toQrSvg(link))}`} alt={label} className="size-full" />
);
