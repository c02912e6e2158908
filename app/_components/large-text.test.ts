import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** What shoppers see. With text at 200 % on a phone, each of these would leave its card or scroll sideways. */
const folders = ["app/(shop)", "app/checkout", "app/pay", "app/_components", "components"];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith(".tsx") && !file.includes(".test.") && !file.endsWith("ui/table.tsx")),
);

describe("a shopper's page with large text", () => {
  test.each(files)("%s has no text and no column that cannot become narrower", (file) => {
    const source = readFileSync(file, "utf8");
    expect(source).not.toMatch(/\bwhitespace-nowrap\b/);
    // A column of `1fr` is never narrower than its longest word; `minmax(0,1fr)` is.
    expect(source).not.toMatch(/grid-cols-\[[^\]\s]*(?<![,(\d.])1fr/);
    expect(source).not.toMatch(/\bgrid-cols-2\b(?<!(?:sm|md|lg|xl):grid-cols-2)/);
    // Sizes follow the text: rem, not pixels.
    expect(source).not.toMatch(/\btext-\[[\d.]+px\]/);
  });
});
