import type { NotificationFacts } from "../channels/channel";
import { withChannel } from "../channels/list";
import type { JsonObject } from "../core/json";
import type { Bill } from "../core/state";
import type { Sandbox } from "../core/sandbox";

/** The body of a notification (protocol 8.2 to 8.4), before any switch that only concerns its bytes. */
export function notificationContent(sandbox: Sandbox, bill: Bill, facts: NotificationFacts): JsonObject {
  const item = withChannel(bill);
  const content =
    item.kind === "payment_code"
      ? item.channel.notificationContent(sandbox, item.bill, facts)
      : item.channel.notificationContent(sandbox, item.bill, facts);
  const echo = sandbox.state.switches.notification_additional_info ? bill.additionalInfo : null;
  return echo === null ? content : { ...content, additional_info: echo };
}
