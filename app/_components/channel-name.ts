import { findChannel } from "@/lib/channels/registry";

/** What people call a channel. A payment on record may be of one that has since been taken out: it goes by its id. */
export const getChannelName = (id: string): string => findChannel(id)?.label ?? id;
