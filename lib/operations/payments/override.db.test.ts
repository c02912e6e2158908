import { describe, expect, test } from "vitest";
import type { DokuRequest } from "@/lib/doku/client";
import { aPayment, codeFor } from "@/test/context";
import { setupTestContext, world } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");

describe("the override of the notification address", () => {
  const elsewhere = "https://other.example/api/doku/notifications";
  const echoing = (url: string) => (request: DokuRequest) => {
    const answer = codeFor(request, world.deps.now());
    if (answer.outcome !== "answered") throw new Error(answer.outcome);
    const body = { ...Object(answer.body), additional_info: { override_notification_url: url } };
    return { ...answer, body };
  };

  test("is requested when the settings name one, and compared with DOKU's reply", async () => {
    world.deps.settings.overrideNotificationUrl = elsewhere;
    world.answers.push(echoing(elsewhere));
    expect((await aPayment(world)).lastTrouble).toBeNull();
    expect(text(world.sent[0]?.body)).toContain(`"override_notification_url":"${elsewhere}"`);
    expect((await aPayment(world)).lastTrouble).toBeNull();
  });

  test("is compared with the request as it was sent, also after the setting has changed", async () => {
    world.deps.settings.overrideNotificationUrl = elsewhere;
    world.answers.push((request) => {
      world.deps.settings.overrideNotificationUrl = undefined;
      return echoing(elsewhere)(request);
    });
    expect((await aPayment(world)).lastTrouble).toBeNull();
  });

  test("is shown to the merchant when DOKU names an address that was not requested, and the code stays payable", async () => {
    world.answers.push(echoing("https://evil.example/api/doku/notifications"));
    expect(await aPayment(world)).toMatchObject({
      status: "awaiting_payment",
      lastTrouble: { what: "other_override" },
    });
  });
});
