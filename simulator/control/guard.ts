import type { World } from "../core/world";
import { type Answer, jsonAnswer, type Received } from "../wire/http";

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

export const isLoopback = (call: Received): boolean => LOOPBACK.test(call.remoteAddress);

/** A foreign name pointed at this machine must not reach it: only names meant for it are answered. */
function isOwnName(world: World, call: Received): boolean {
  const name = (call.headers.host ?? "").replace(/:\d+$/, "");
  return ["localhost", "127.0.0.1", "[::1]", new URL(world.settings.publicUrl).hostname].includes(name);
}

/** A browser names the page a POST comes from; programs send no Origin. */
export function isSameOrigin(call: Received): boolean {
  const { origin, host } = call.headers;
  return origin !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/** The control API is for this machine only, and not for other people's web pages opened on it. */
export function refuseControl(world: World, call: Received): Answer | undefined {
  const foreignPage = call.headers.origin !== undefined && !isSameOrigin(call);
  if (isLoopback(call) && isOwnName(world, call) && !foreignPage) return undefined;
  return jsonAnswer(403, { error: "the control API is served to this machine only" });
}
