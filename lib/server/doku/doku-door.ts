import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { takeInquiry } from "./inquiry-address";
import { log } from "../log";
import { takeNotification } from "./notification-address";
import { getSettings, ownPaths } from "../env/settings";

type Take = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The addresses that DOKU calls: those that settings name, and our own, should a proxy lead from the one to the other. */
function takerOf(path: string): Take | undefined {
  const { notificationPath, inquiryPath } = getSettings();
  if (path === notificationPath || path === ownPaths.notifications) return takeNotification;
  return path === inquiryPath || path === ownPaths.inquiries ? takeInquiry : undefined;
}

/** Whether a request was one of DOKU's; it is then answered here. */
type Takes = (request: IncomingMessage, response: ServerResponse) => boolean;

declare global {
  /** Set by scripts/serve.mjs, which listens once it is open, and asks it before it hands a request to Next. */
  var kodeBayarDoor: { open: (takes: Takes) => void; securityHeaders: Record<string, string> } | undefined;
}

/**
 * Takes DOKU's messages as Node hands them over, before Next sees them (decision 011).
 * @throws when nobody asks at this door: such a server would answer 404 to DOKU, which gives up after a few tries
 */
export function openDoor(): void {
  const door = globalThis.kodeBayarDoor;
  if (!door)
    throw new Error("DOKU cannot reach a server that was not started by scripts/serve.mjs: use npm start");
  door.open((request, response) => {
    const take = takerOf(pathOf(request.url ?? ""));
    if (!take) return false;
    for (const [name, value] of Object.entries(door.securityHeaders)) response.setHeader(name, value);
    take(request, response).catch((error: unknown) => {
      log("doku_address_failed", { error });
      response.destroy();
    });
    return true;
  });
}

/** Without what may stand behind a path: DOKU signs the path alone (protocol part 2.2). */
const pathOf = (url: string): string => url.replace(/[?#].*$/s, "").replace(/\/$/, "");
