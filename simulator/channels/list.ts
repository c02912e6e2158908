import type { Bill } from "../core/state";
import { akulaku } from "./akulaku";
import { alfa } from "./alfa";
import type { Channel, CodeChannel, PaylaterChannel } from "./channel";
import { indodana } from "./indodana";
import { indomaret } from "./indomaret";

/** Every channel the simulator plays: addresses, pages, forms and tests go through this list. */
export const channels: readonly Channel[] = [alfa, indomaret, indodana, akulaku];

export const codeChannels: readonly CodeChannel[] = channels.filter(
  (channel) => channel.kind === "payment_code",
);
export const paylaterChannels: readonly PaylaterChannel[] = channels.filter(
  (channel) => channel.kind === "paylater_order",
);

export const findChannel = (id: string): Channel | undefined => channels.find((channel) => channel.id === id);
export const findChannelByPath = (path: string): Channel | undefined =>
  channels.find((channel) => channel.createPaths.some((at) => at.path === path));
export const findCodeChannel = (id: string): CodeChannel | undefined =>
  codeChannels.find((channel) => channel.id === id);

/** Throws for a channel that is not in the list: the ledger holds no other. */
function get<T extends Channel>(list: readonly T[], id: string): T {
  const channel = list.find((item) => item.id === id);
  if (!channel) throw new Error(`no channel ${id} in simulator/channels/list.ts`);
  return channel;
}
export const getChannel = (id: string): Channel => get(channels, id);
export const getCodeChannel = (id: string): CodeChannel => get(codeChannels, id);
export const getPaylaterChannel = (id: string): PaylaterChannel => get(paylaterChannels, id);

/** A bill with the channel it is of. */
export type ChannelBill =
  | { kind: "payment_code"; channel: CodeChannel; bill: Extract<Bill, { kind: "payment_code" }> }
  | { kind: "paylater_order"; channel: PaylaterChannel; bill: Extract<Bill, { kind: "paylater_order" }> };

export function withChannel(bill: Bill): ChannelBill {
  return bill.kind === "payment_code"
    ? { kind: bill.kind, channel: getCodeChannel(bill.channel), bill }
    : { kind: bill.kind, channel: getPaylaterChannel(bill.channel), bill };
}
