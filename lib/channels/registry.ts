import { akulaku } from "./akulaku";
import { alfa } from "./alfa";
import type { Channel } from "./channel";
import { indodana } from "./indodana";
import { indomaret } from "./indomaret";

/** Every way to pay, in the order the checkout offers them. A new one is a folder and a line here. */
export const channels: readonly Channel[] = [alfa, indomaret, indodana, akulaku];

/** undefined for an id that is no channel of ours, such as one from a form or of a channel since removed. */
export const findChannel = (id: string): Channel | undefined => channels.find((channel) => channel.id === id);

/** The channel of a payment that is on record. @throws Error when it has been taken out of the list above */
export function getChannel(id: string): Channel {
  const channel = findChannel(id);
  if (channel === undefined) throw new Error(`No such channel: ${id}`);
  return channel;
}
