import { expect, test } from "vitest";
import notification from "@/test/fixtures/doku/akulaku.notification.success.json";
import consistent from "@/test/fixtures/doku/indodana.create.response.consistent.json";
import failed from "@/test/fixtures/doku/indodana.create.response.failed.json";
import { requestLike, sentLike } from "@/test/sample-request";
import { indodana } from "../indodana";
import { akulaku } from ".";

const sent = sentLike("MINV20201231468", 100_000);

test("Akulaku has the channel id of DOKU's published notification", () => {
  expect(akulaku.dokuChannelId).toBe(notification.channel.id);
});

test("Akulaku sends Indodana's request body to its own path", () => {
  expect(akulaku.toRequestBody(requestLike())).toEqual(indodana.toRequestBody(requestLike()));
  expect(akulaku.path).toBe("/akulaku-peer-to-peer/v2/generate-order");
});

test("Akulaku parses a payment page, and FAILED inside a 200", () => {
  const identifiers = [
    { name: "AKULAKU_UNIQUE_REFERENCE", value: "BRN-0288" },
    { name: "ORDER_ID", value: "BRN-0288" },
  ];
  const answer = {
    ...consistent,
    payment: { url: "https://pay.akulaku.com/x", status: "PENDING" },
    peer_to_peer_info: { ...consistent.peer_to_peer_info, identifier: identifiers },
  };
  expect(akulaku.parseIssued(answer, sent)).toMatchObject({
    outcome: "issued",
    issued: { means: { kind: "link", url: "https://pay.akulaku.com/x" }, identifiers },
  });
  expect(akulaku.parseIssued(failed, sent)).toEqual({ outcome: "failed" });
});

test("Akulaku is off until a merchant switches it on, with the simulator too", () => {
  expect([akulaku.defaults.enabled, akulaku.onWithSimulator]).toEqual([false, false]);
});
