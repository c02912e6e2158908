import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { channels } from "../../channels/registry";
import { listChannelSettings, shareNames } from "./setting-names";
import { generalSettings } from "./environment";
import { parseSettings } from "./settings";

const root = new URL("../../../", import.meta.url);
const example = readFileSync(new URL(".env.example", root), "utf8");
const given = [...example.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = "", value = ""]) => ({
  name,
  value,
}));
const settings = [...generalSettings, ...channels.flatMap(listChannelSettings), ...shareNames];

describe(".env.example", () => {
  test("names exactly the settings that are parsed, each once", () => {
    expect(given.map(({ name }) => name).toSorted()).toEqual(settings.toSorted());
  });

  test("shows the defaults, so that setting them changes nothing", () => {
    const shown = Object.fromEntries(given.map(({ name, value }) => [name, value]));
    expect(parseSettings(shown)).toEqual(parseSettings({}));
  });

  /** Each value is invalid for some setting, and differs from the default of every other. */
  const values = ["\u0007", "true", "false", "7", "x".repeat(40), "https://other.example", "/other/path"];

  test.each(settings)("names %s, which changes the settings when it is set", (name) => {
    const base = { ALFA_BIN: "123456", DOKU_ENVIRONMENT: "simulator" };
    const before = JSON.stringify(parseSettings(base));
    const outcomes = values.map((value) => JSON.stringify(parseSettings({ ...base, [name]: value })));
    expect(outcomes.some((outcome) => outcome !== before)).toBe(true);
  });

  test("is documented in the README", () => {
    const readme = readFileSync(new URL("README.md", root), "utf8");
    expect(readme).toContain("(.env.example)");
  });
});
