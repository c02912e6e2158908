import { expect, test } from "vitest";
import { placeAfterSignIn } from "./place-after-sign-in";

test.each([
  "/dashboard",
  "/dashboard/notifications",
  "/dashboard/orders/aB3_-9",
  "/dashboard?q=KB-2611+a&only=x%20y",
])("sign-in leads on to %s", (place) => expect(placeAfterSignIn(place)).toBe(place));

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
])("sign-in leads to the dashboard for %j", (place) => expect(placeAfterSignIn(place)).toBe("/dashboard"));
