/**
 * How much room tills and their paper have, in characters and lines. In a file without zod, because pages in the browser
 * use it too.
 */

/**
 * A till's paper is 40 characters wide and has room for three lines of the merchant
 * (docs/doku-protocol.md#47-receipt-footer).
 */
export const footerWidth = 40;
export const footerLines = 3;

/** The strictest of DOKU's tables for both (docs/doku-protocol.md#13-contradictions, rows 3 and 4). */
export const infoLength = 30;
export const nameLength = 40;
