import { expect, test } from "vitest";
import { getPathAfterSignIn } from "./path-after-sign-in";

test.each([
  "/dashboard",
  "/dashboard/notifications",
  "/dashboard/orders/aB3_-9",
  "/dashboard?q=KB-2611+a&only=x%20y",
])("leads from sign-in to the page %s of the dashboard", (place) =>
  expect(getPathAfterSignIn(place)).toBe(place),
);

test.each([
  ...[
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/dashboard//evil.example",
    "/dashboard@evil.example",
  ],
  ...[
    "/dashboard.evil.example",
    "/dashboard/../",
    "/pay/x",
    "javascript:alert(1)",
    "/dashboard\n",
    "",
    null,
    7,
    ["/dashboard"],
  ],
])("leads from sign-in to the start of the dashboard for the address %j", (place) =>
  expect(getPathAfterSignIn(place)).toBe("/dashboard"),
);
