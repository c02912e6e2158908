import type { Logo } from "../appearance/appearance";
import type { Colour } from "../appearance/colour";

/** What an e-mail says, before it is text or HTML. Everything in it is plain text. */
export type EmailContent = {
  locale: "id" | "en";
  subject: string;
  title: string;
  /** Above the title; the picture itself travels with the e-mail (`EmailMessage.logo`). */
  logo: (Pick<Logo, "widthPx" | "heightPx"> & { alt: string }) | undefined;
  /** Of the button and of links; `on` is the colour of the words on it. */
  colours: { accent: Colour; on: Colour };
  parts: readonly EmailPart[];
  /** Below the line: why it came, and how reminders are stopped. */
  footer: readonly EmailPart[];
};

export type EmailPart =
  | { kind: "text"; text: string }
  /** Digits in groups, as they are read to a cashier. */
  | { kind: "code"; label: string; digits: string }
  | { kind: "rows"; rows: readonly { name: string; value: string }[] }
  /** `say`: the words for the cashier, in the cashier's language. */
  | { kind: "steps"; steps: readonly { text: string; say?: string; meaning?: string }[] }
  | { kind: "link"; label: string; url: string; isMain: boolean };
