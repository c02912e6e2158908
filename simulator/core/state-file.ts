import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { asObject } from "./json";
import { emptyState, SavedState, type State } from "./state";

const SAVE_AFTER_MS = 100;

export function toSavedState(state: State): SavedState {
  return {
    version: 2,
    clockOffsetMs: state.clockOffsetMs,
    down: state.down,
    switches: state.switches,
    faults: state.faults,
    bills: [...state.bills.values()],
    payments: state.payments,
    notifications: [...state.notifications.values()],
    requests: [...state.requests.values()],
    inquiries: [...state.inquiries.values()],
  };
}

export function toState(saved: SavedState): State {
  const { version: _version, ...kept } = saved;
  const codes = saved.bills.filter((bill) => bill.kind === "payment_code");
  return {
    ...kept,
    bills: new Map(saved.bills.map((bill) => [bill.invoice, bill])),
    invoiceByCode: new Map(codes.map((bill) => [bill.code, bill.invoice])),
    notifications: new Map(saved.notifications.map((item) => [item.id, item])),
    requests: new Map(saved.requests.map((item) => [item.requestId, item])),
    inquiries: new Map(saved.inquiries.map((item) => [item.id, item])),
  };
}

const kindsOfVersion1 = new Map<unknown, string>([
  ["code", "payment_code"],
  ["indodana", "paylater_order"],
]);

/** Version 1 named its kinds after one channel, and only Alfa had inquiries. */
function upgradeSavedState(saved: unknown): unknown {
  const { version, bills, inquiries, ...rest } = asObject(saved);
  if (version !== 1 || !Array.isArray(bills) || !Array.isArray(inquiries)) return saved;
  const renamed = bills.map(asObject).map((bill) => ({ ...bill, kind: kindsOfVersion1.get(bill.kind) }));
  return {
    ...rest,
    version: 2,
    bills: renamed,
    inquiries: inquiries.map((inquiry) => ({ ...asObject(inquiry), channel: "alfa" })),
  };
}

/** Throws when the file exists but cannot be read: an empty start would lose the ledger silently. */
export function loadState(path: string | undefined): State {
  if (path === undefined || !existsSync(path)) return emptyState();
  return toState(SavedState.parse(upgradeSavedState(JSON.parse(readFileSync(path, "utf8")))));
}

export type StateFile = { changed: () => void; flush: () => Promise<void> };

/** Saves shortly after a change, whole or not at all: a temporary file, then a rename. */
export function openStateFile(path: string | undefined, current: () => State): StateFile {
  if (path === undefined) return { changed: () => {}, flush: async () => {} };
  mkdirSync(dirname(path), { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async () => {
    await writeFile(`${path}.new`, JSON.stringify(toSavedState(current())));
    await rename(`${path}.new`, path);
  };
  const save = () => {
    timer = undefined;
    // One after the other, each with the state of its moment: two writers would share the temporary file.
    writing = writing.then(write).catch((error: unknown) => console.error("simulator: cannot save", error));
    return writing;
  };
  return {
    changed: () => {
      timer ??= setTimeout(save, SAVE_AFTER_MS);
    },
    flush: async () => {
      clearTimeout(timer);
      await save();
    },
  };
}
