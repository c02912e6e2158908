/** Puts values into a translated text: `fill("Bayar sebelum {time}", { time })`. A name without a value stays. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
