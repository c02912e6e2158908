/** Deeper levels are not indented further, so that a hostile message cannot grow without limit. */
const maxDepth = 20;

/**
 * Indents JSON and keeps every number and text as it was written: JSON.parse would round long numbers and drop repeated
 * keys. undefined for text that is not JSON.
 */
export function indentJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  return tokens
    .map((token, at) => {
      if (isOpening(token)) depth += 1;
      if (isClosing(token)) depth -= 1;
      const line = `\n${"  ".repeat(Math.min(depth, maxDepth))}`;
      if (isOpening(token)) return isClosing(tokens[at + 1]) ? token : token + line;
      if (isClosing(token)) return isOpening(tokens[at - 1]) ? token : line + token;
      if (token === ",") return token + line;
      return token === ":" ? ": " : token;
    })
    .join("");
}

const isOpening = (token: string | undefined): boolean => token === "{" || token === "[";
const isClosing = (token: string | undefined): boolean => token === "}" || token === "]";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
