import type { Context } from "hono";
import type { Sandbox } from "../core/sandbox";
import type { NodeApp } from "../wire/call";

/** The part of any handler's context that says who calls. */
type Caller = Pick<Context<NodeApp>, "env" | "req">;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

const isLoopback = (c: Caller): boolean => LOOPBACK.test(c.env.incoming.socket.remoteAddress ?? "");

/** A foreign name may be pointed at this machine: only the simulator's own names are answered. */
function isOwnName(sandbox: Sandbox, c: Caller): boolean {
  const name = (c.req.header("host") ?? "").replace(/:\d+$/, "");
  return ["localhost", "127.0.0.1", "[::1]", new URL(sandbox.settings.publicUrl).hostname].includes(name);
}

/** A browser names the page that a POST comes from; programs send no Origin. */
export function isSameOrigin(c: Caller): boolean {
  const [origin, host] = [c.req.header("origin"), c.req.header("host")];
  return origin !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** Whether a call may steer the simulator: from this machine only, and not from a foreign web page opened on it. */
export function maySteer(sandbox: Sandbox, c: Caller): boolean {
  const foreignPage = c.req.header("origin") !== undefined && !isSameOrigin(c);
  return isLoopback(c) && isOwnName(sandbox, c) && !foreignPage;
}
