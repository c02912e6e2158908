import "server-only";

export type Locale = "id" | "en";

/** What was chosen first, then the first supported language of the browser (`in` is Java's old name for `id`). */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (chosen === "id" || chosen === "en") return chosen;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().split(/\s*;\s*q=/);
      return { language: tag.toLowerCase().split("-")[0], weight: Number(quality ?? 1) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { language } of wanted) {
    if (language === "id" || language === "in" || language === "ms") return "id";
    if (language === "en") return "en";
  }
  return "id";
}
