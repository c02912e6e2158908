import type { EmailContent, EmailPart } from "./content";

/** The e-mail for programs that show no HTML, and for people who prefer none. */
export const toText = ({ title, parts, footer }: EmailContent): string =>
  [title, ...parts.map(formatPart), "-- ", ...footer.map(formatPart)].join("\n\n").concat("\n");

function formatPart(part: EmailPart): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return `${part.label}:\n${part.digits}`;
    case "rows":
      return part.rows.map(({ name, value }) => `${name}: ${value}`).join("\n");
    case "steps":
      return part.steps.map((step, at) => `${at + 1}. ${formatStep(step)}`).join("\n");
    case "link":
      return `${part.label}:\n${part.url}`;
  }
}

const formatStep = ({ text, say, meaning }: { text: string; say?: string; meaning?: string }): string =>
  [text, say && `   “${say}”`, meaning && `   ${meaning}`].filter(Boolean).join("\n");
