import { expect, test } from "vitest";
import { findBrowser } from "./browser";

const machine = (env: Record<string, string>, starting: string[]) => ({
  env,
  places: () => ["/playwright/chrome", "", "/usr/bin/chromium"],
  isThere: (file: string) => starting.includes(file),
  canStart: (file: string) => starting.includes(file),
});

test("takes the first browser that starts, not one that only exists", () => {
  expect(findBrowser(machine({}, ["/usr/bin/chromium"]))).toBe("/usr/bin/chromium");
  expect(findBrowser(machine({}, ["/usr/bin/chromium", "/playwright/chrome"]))).toBe("/playwright/chrome");
  expect(findBrowser(machine({}, []))).toBeUndefined();
});

test("considers only CHROMIUM_PATH when it is set", () => {
  const env = { CHROMIUM_PATH: "/chosen" };
  expect(findBrowser(machine(env, ["/chosen", "/usr/bin/chromium"]))).toBe("/chosen");
  expect(findBrowser(machine(env, ["/usr/bin/chromium"]))).toBeUndefined();
});
