import { z } from "zod";
import { channels } from "../channels/list";
import { Fault, FaultRequest } from "../core/faults";
import { Down, emptyState } from "../core/state";
import { Switches } from "../core/switches";
import { newId, type Sandbox } from "../core/sandbox";

export const ClockRequest = z.union([
  z.strictObject({ forwardSeconds: z.number().nonnegative() }),
  z.strictObject({ reset: z.literal(true) }),
]);

/** A fault aims at a channel of the list, or at any. */
export const ArmRequest = FaultRequest.extend({
  channel: z.enum([...channels.map((channel) => channel.id), "any"]).optional(),
});

export function moveClock(sandbox: Sandbox, request: z.infer<typeof ClockRequest>): void {
  sandbox.state.clockOffsetMs =
    "reset" in request ? 0 : sandbox.state.clockOffsetMs + request.forwardSeconds * 1000;
  sandbox.changed();
}

/** Throws a ZodError for an unknown switch or a value it cannot take. */
export function setSwitches(sandbox: Sandbox, wanted: Record<string, unknown>): void {
  sandbox.state.switches = Switches.parse({ ...sandbox.state.switches, ...wanted });
  sandbox.changed();
}

/** `first_name last_name` and `name` are compared as one text, so both sides are trimmed. */
export function addFault(sandbox: Sandbox, request: FaultRequest): Fault {
  const customer = request.customer === undefined ? {} : { customer: request.customer.trim() };
  const fault: Fault = { ...request, ...customer, id: newId(), left: request.times ?? null, used: 0 };
  sandbox.state.faults.push(fault);
  sandbox.changed();
  return fault;
}

type FaultFilter = { id?: string | undefined; customer?: string | undefined; kind?: string | undefined };

/** Removes the faults that match all that is given; an empty filter removes all. */
export function removeFaults(sandbox: Sandbox, filter: FaultFilter): number {
  const before = sandbox.state.faults.length;
  sandbox.state.faults = sandbox.state.faults.filter(
    (fault) =>
      (filter.id !== undefined && fault.id !== filter.id) ||
      (filter.customer !== undefined && fault.customer !== filter.customer) ||
      (filter.kind !== undefined && fault.kind !== filter.kind),
  );
  sandbox.changed();
  return before - sandbox.state.faults.length;
}

export const DownRequest = z.strictObject({ mode: Down });

export function setDown(sandbox: Sandbox, mode: z.infer<typeof Down>): void {
  sandbox.state.down = mode;
  sandbox.changed();
}

/** Sets everything back to the start, the clock too. */
export function resetAll(sandbox: Sandbox): void {
  sandbox.state = emptyState();
  sandbox.calls.length = 0;
  sandbox.changed();
}
