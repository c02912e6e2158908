// DOKU's messages as the simulator signs them: independent of the product's own signatures.
import { tsImport } from "tsx/esm/api";

const messages = await tsImport("../simulator/messages.ts", import.meta.url);

/** A signed message that this Alfa payment was made; `serial` makes it that real payment. */
export const signedNotification = ({ invoice, code, amount, serial }) =>
  messages.signedNotification({ invoice, code, amount, serial });

/** A till's signed question what a code is worth. */
export const signedInquiry = ({ code, serial }) => messages.signedInquiry({ code, serial });
