import { findChannel } from "@/lib/channels/registry";

/** The name of a channel; its id when a stored payment belongs to a channel that has since been removed. */
export const getChannelName = (id: string): string => findChannel(id)?.label ?? id;
