import { ChannelId } from "../../payment/payment";
import { Rupiah } from "../../payment/rupiah";
import type { Channel } from "../channel";
import { parseIssuedPage } from "../peer-to-peer/reply";
import { toOrderBody } from "../peer-to-peer/request";

/** Pay later with Indodana: the shopper finishes on Indodana's page (docs/doku-protocol.md#6-indodana). */
export const indodana: Channel = {
  id: ChannelId.parse("indodana"),
  dokuChannelId: "PEER_TO_PEER_INDODANA",
  label: "Indodana",
  stores: [],
  means: "link",
  path: "/indodana-peer-to-peer/v2/generate-order",
  paymentHosts: [".indodana.com", ".indodana.id"],
  defaults: {
    min: Rupiah.parse(10_000),
    max: Rupiah.parse(25_000_000),
    expiresInMinutes: 60,
    enabled: true,
  },
  onWithSimulator: true,
  asks: "addresses",
  // No limit is documented. A hundred lines of full length are about 60 KB, which any gateway accepts.
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
