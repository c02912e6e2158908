import { describe, expect, test } from "vitest";
import { chooseLocale } from "./choose-locale";

describe("chooseLocale", () => {
  test("takes the shopper's choice, whatever the browser says", () => {
    expect(chooseLocale("en", "id-ID,id;q=0.9")).toBe("en");
    expect(chooseLocale("id", "en-GB")).toBe("id");
  });

  test.each([
    ["en-US,en;q=0.9,id;q=0.8", "en"],
    ["id-ID,id;q=0.9,en;q=0.8", "id"],
    ["en;q=0.3, id;q=0.7", "id"],
    ["jv, in-ID;q=0.9, en;q=0.5", "id"],
    ["fr-FR, en;q=0.1", "en"],
    ["en;q=0, fr", "id"],
    ["zh-CN", "id"],
    ["*", "id"],
    [";;;q=x,,", "id"],
    ["", "id"],
    [null, "id"],
  ])("follows %s on a first visit, with the result %s", (header, locale) => {
    expect(chooseLocale(undefined, header)).toBe(locale);
    expect(chooseLocale("tlh", header)).toBe(locale);
  });
});
