import "server-only";
import { toSVG } from "bwip-js/node";

/** A payment code as a Code 128 barcode: an SVG without text, black on white, with the quiet zone that scanners need. */
export const toBarcodeSvg = (code: string): string =>
  toSVG({
    bcid: "code128",
    text: code,
    height: 12,
    paddingwidth: 10,
    paddingheight: 2,
    backgroundcolor: "FFFFFF",
  });

/** An address as a QR code that stays readable with a seventh of it hidden: an SVG without a ground or quiet zone. */
export const toQrSvg = (address: string): string => toSVG({ bcid: "qrcode", text: address });
