import { nowOf, type World } from "../core/world";
import type { Answer, Outcome, Received } from "../wire/http";
import { answerStatusCheck } from "./check-status";
import { answerHowToPay } from "./how-to-pay";
import { unavailable, unknownPath, wrongMethod } from "./refusal";
import { answerSignedWrite, type Write } from "./signed-write";

const ALFA = "/alfa-online-to-offline/v2/payment-code";
const ALFA_MGPC = "/alfa-online-to-offline/v2/merchant-payment-code";
/** The current Alfa page prints this path; DOKU's own code generator calls it wrong (protocol 13, row 1). */
const ALFA_ALIAS = "/alfa-virtual-account/v2/payment-code";
const INDOMARET = "/indomaret-online-to-offline/v2/payment-code";
const INDODANA = "/indodana-peer-to-peer/v2/generate-order";
const STATUS = "/orders/v1/status/";
const HOW_TO_PAY_API = /^\/([a-z-]+)\/v2\/how-to-pay-api\/(\d+)\/([\w-]+)$/;

const alfa = (merchantCode: boolean): Write => ({ ask: "code", address: { channel: "alfa", merchantCode } });

/** What can be POSTed and PATCHed where, by the switches. */
function writesAt(world: World, path: string): { POST?: Write; PATCH?: Write } {
  const { alfa_alias_path, mgpc_path, patch_paths } = world.state.switches;
  const change: Write = { ask: "change" };
  const patchable = patch_paths !== "merchant_payment_code" ? { PATCH: change } : {};
  if (path === ALFA) return { POST: alfa(false), ...patchable };
  if (path === ALFA_ALIAS && alfa_alias_path) return { POST: alfa(false), ...patchable };
  if (path === ALFA_MGPC && mgpc_path) {
    return { POST: alfa(true), ...(patch_paths === "payment_code" ? {} : { PATCH: change }) };
  }
  if (path === INDOMARET) {
    return { POST: { ask: "code", address: { channel: "indomaret", merchantCode: false } } };
  }
  return path === INDODANA ? { POST: { ask: "order" } } : {};
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function answerWrite(world: World, call: Received): Promise<Outcome | undefined> {
  const writes = writesAt(world, call.path);
  if (!writes.POST) return undefined;
  if (call.path === ALFA_ALIAS) world.log("warning: alfa-virtual-account is the path the docs got wrong");
  const write = call.method === "POST" ? writes.POST : call.method === "PATCH" ? writes.PATCH : undefined;
  return write ? answerSignedWrite(world, call, write) : wrongMethod(call.method, call.path, nowOf(world));
}

async function answerRead(world: World, call: Received): Promise<Outcome | undefined> {
  if (call.path.startsWith(STATUS)) {
    if (call.method !== "GET") return wrongMethod(call.method, call.path, nowOf(world));
    return answerStatusCheck(world, call, decoded(call.path.slice(STATUS.length)));
  }
  const [, slug, code, token] = HOW_TO_PAY_API.exec(call.path) ?? [];
  if (slug === undefined || code === undefined || token === undefined) return undefined;
  return answerHowToPay(world, slug, code, token);
}

const isDokuPath = (path: string): boolean =>
  path.startsWith(STATUS) || /^\/[a-z-]+\/v\d\//.test(path) || path.startsWith("/how-to-pay/");

/** Appendix A, point 8: everything composed is labelled, in a header the merchant's code must not read. */
const labelled = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, "X-Emulator": "doku-sandbox" },
});

/** Undefined when the path is none of DOKU's. */
export async function answerAsDoku(world: World, call: Received): Promise<Outcome | undefined> {
  if (!isDokuPath(call.path)) return undefined;
  if (world.state.down === "reset") return { kind: "cut" };
  if (world.state.down === "http_503") return labelled(unavailable());
  if (call.path.startsWith("/how-to-pay/")) return undefined;
  const outcome =
    (await answerWrite(world, call)) ??
    (await answerRead(world, call)) ??
    unknownPath(call.path, nowOf(world));
  return outcome.kind === "answer" ? labelled(outcome) : outcome;
}
