import { ChannelId } from "../../payment/payment";
import { Rupiah } from "../../payment/rupiah";
import type { Channel } from "../channel";
import { parseIssuedPage } from "../peer-to-peer/reply";
import { toOrderBody } from "../peer-to-peer/request";

/**
 * Pay later with Akulaku: the shopper finishes on Akulaku's page. DOKU documents only a notification; the rest is
 * assumed to be as for Indodana (docs/doku-protocol.md#64-akulaku), so it stays off until a merchant has tried it in
 * the sandbox.
 */
export const akulaku: Channel = {
  id: ChannelId.parse("akulaku"),
  dokuChannelId: "PEER_TO_PEER_AKULAKU",
  label: "Akulaku",
  stores: [],
  means: "link",
  path: "/akulaku-peer-to-peer/v2/generate-order",
  paymentHosts: [".akulaku.com"],
  defaults: {
    min: Rupiah.parse(10_000),
    max: Rupiah.parse(25_000_000),
    expiresInMinutes: 60,
    enabled: false,
  },
  onWithSimulator: false,
  asks: "addresses",
  maxLineItems: 100,
  can: { extend: false, cancel: false, amount: false, details: false, validity: false, reuse: false },
  codeKinds: [],
  prints: [],
  footerLines: 0,
  settles: true,
  subAccount: false,
  refunds: true,
  failedIsFinal: true,
  toRequestBody: toOrderBody,
  toChangeBody: undefined,
  parseChanged: undefined,
  toInquiryAnswer: undefined,
  parseIssued: parseIssuedPage,
};
