import { akulaku } from "./akulaku";
import { alfa } from "./alfa";
import type { Channel } from "./channel";
import { indodana } from "./indodana";
import { indomaret } from "./indomaret";

/** Every channel, in the order of the checkout. A new channel is a folder and an entry here. */
export const channels: readonly Channel[] = [alfa, indomaret, indodana, akulaku];

/** undefined for an unknown id, for example from a form or of a channel that has been removed. */
export const findChannel = (id: string): Channel | undefined => channels.find((channel) => channel.id === id);

/** The channel of a stored payment. @throws Error when it has been removed from `channels` */
export function getChannel(id: string): Channel {
  const channel = findChannel(id);
  if (channel === undefined) throw new Error(`No such channel: ${id}`);
  return channel;
}
