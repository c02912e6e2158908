import { describe, expect, test } from "vitest";
import type { DokuRequest } from "@/lib/doku/client";
import { aPayment, codeFor } from "@/test/context";
import { setupTestContext, context } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");

describe("the override of the notification address", () => {
  const elsewhere = "https://other.example/api/doku/notifications";
  const echoing = (url: string) => (request: DokuRequest) => {
    const answer = codeFor(request, context.deps.now());
    if (answer.outcome !== "answered") throw new Error(answer.outcome);
    const body = { ...Object(answer.body), additional_info: { override_notification_url: url } };
    return { ...answer, body };
  };

  test("is requested when the settings name one, and compared with DOKU's reply", async () => {
    context.deps.settings.overrideNotificationUrl = elsewhere;
    context.answers.push(echoing(elsewhere));
    expect((await aPayment(context)).lastGatewayError).toBeNull();
    expect(text(context.sent[0]?.body)).toContain(`"override_notification_url":"${elsewhere}"`);
    expect((await aPayment(context)).lastGatewayError).toBeNull();
  });

  test("is compared with the request as it was sent, also after the setting has changed", async () => {
    context.deps.settings.overrideNotificationUrl = elsewhere;
    context.answers.push((request) => {
      context.deps.settings.overrideNotificationUrl = undefined;
      return echoing(elsewhere)(request);
    });
    expect((await aPayment(context)).lastGatewayError).toBeNull();
  });

  test("is shown to the merchant when DOKU names an address that was not requested, and the code stays payable", async () => {
    context.answers.push(echoing("https://evil.example/api/doku/notifications"));
    expect(await aPayment(context)).toMatchObject({
      status: "awaiting_payment",
      lastGatewayError: { what: "other_override" },
    });
  });
});
