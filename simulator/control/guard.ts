import type { Context } from "hono";
import type { Sandbox } from "../core/sandbox";
import type { NodeApp } from "../wire/call";

/** The part of a handler's context with the caller's headers and address. */
type Caller = Pick<Context<NodeApp>, "env" | "req">;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

const isLoopback = (c: Caller): boolean => LOOPBACK.test(c.env.incoming.socket.remoteAddress ?? "");

/** Only the simulator's own names: another name may resolve to this machine (DNS rebinding). */
function isOwnName(sandbox: Sandbox, c: Caller): boolean {
  const name = (c.req.header("host") ?? "").replace(/:\d+$/, "");
  return ["localhost", "127.0.0.1", "[::1]", new URL(sandbox.settings.publicUrl).hostname].includes(name);
}

/** Browsers send an Origin with a POST; other programs send none. */
export function isSameOrigin(c: Caller): boolean {
  const [origin, host] = [c.req.header("origin"), c.req.header("host")];
  return origin !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** Whether a call may control the simulator: only from this machine, and not from another site's page. */
export function mayControl(sandbox: Sandbox, c: Caller): boolean {
  const foreignPage = c.req.header("origin") !== undefined && !isSameOrigin(c);
  return isLoopback(c) && isOwnName(sandbox, c) && !foreignPage;
}
