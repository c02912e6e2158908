/**
 * DOKU's own steps for paying one code at one place, in one language, as plain text
 * (docs/doku-protocol.md#7-how-to-pay).
 */
export type HowToPay = { language: "id" | "en"; channel: string; steps: string[] };

/** The steps in the reader's language, and those in the other one. */
export function splitByLanguage(
  all: readonly HowToPay[],
  reader: HowToPay["language"],
): { own: HowToPay[]; other: HowToPay[] } {
  return {
    own: all.filter(({ language }) => language === reader),
    other: all.filter(({ language }) => language !== reader),
  };
}
