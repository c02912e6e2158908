import { z } from "zod";
import { Fault, FaultRequest } from "../core/faults";
import { Down, emptyState } from "../core/state";
import { Switches } from "../core/switches";
import { newId, type World } from "../core/world";

export const ClockRequest = z.union([
  z.strictObject({ forwardSeconds: z.number().nonnegative() }),
  z.strictObject({ reset: z.literal(true) }),
]);

export function moveClock(world: World, request: z.infer<typeof ClockRequest>): void {
  world.state.clockOffsetMs =
    "reset" in request ? 0 : world.state.clockOffsetMs + request.forwardSeconds * 1000;
  world.changed();
}

/** Throws a ZodError for an unknown switch or a value it cannot take. */
export function setSwitches(world: World, wanted: Record<string, unknown>): void {
  world.state.switches = Switches.parse({ ...world.state.switches, ...wanted });
  world.changed();
}

/** `first_name last_name` and `name` are compared as one text, so blanks at the ends are dropped on both sides. */
export function addFault(world: World, request: FaultRequest): Fault {
  const customer = request.customer === undefined ? {} : { customer: request.customer.trim() };
  const fault: Fault = { ...request, ...customer, id: newId(), left: request.times ?? null, used: 0 };
  world.state.faults.push(fault);
  world.changed();
  return fault;
}

/** Removes the faults that answer to every given word; none given removes all. */
export function removeFaults(world: World, words: { id?: string; customer?: string; kind?: string }): number {
  const before = world.state.faults.length;
  world.state.faults = world.state.faults.filter(
    (fault) =>
      (words.id !== undefined && fault.id !== words.id) ||
      (words.customer !== undefined && fault.customer !== words.customer) ||
      (words.kind !== undefined && fault.kind !== words.kind),
  );
  world.changed();
  return before - world.state.faults.length;
}

export const DownRequest = z.strictObject({ mode: Down });

export function setDown(world: World, mode: z.infer<typeof Down>): void {
  world.state.down = mode;
  world.changed();
}

/** Everything as on the first day, the clock too. */
export function resetAll(world: World): void {
  world.state = emptyState();
  world.calls.length = 0;
  world.changed();
}
