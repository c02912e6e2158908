/**
 * What was typed into the forms of a page, for the case that the page turns out to be from before a deployment, and loads
 * itself again, or that the server sends a plain form back with a problem. Kept for this tab alone, and for a few minutes.
 */
const typedKey = "kode-bayar-typed";
const reloadKey = "kode-bayar-reloaded";
const lifeMs = 5 * 60_000;
/** A page that is still broken after it was loaded again is not loaded a third time. */
const guardMs = 60_000;

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;
export type Typed = { path: string; at: number; fields: [name: string, value: string][] };

/** Fields that a person fills in; no passwords, and nothing that the page itself put there. */
const kept = "input:not([type=hidden], [type=password], [type=file], [type=submit]), select, textarea";

export function listTyped(form: HTMLFormElement): Typed["fields"] {
  return [...form.querySelectorAll<HTMLInputElement>(kept)].flatMap(
    ({ name, value, type, checked }): Typed["fields"] => {
      if (name === "") return [];
      if (type === "radio" || type === "checkbox") return checked ? [[name, value]] : [];
      return value === "" ? [] : [[name, value]];
    },
  );
}

export const saveTyped = (storage: Storage, typed: Typed): void =>
  storage.setItem(typedKey, JSON.stringify(typed));

/** Whether the page may load itself again; notes that it does. */
export function mayReload(storage: Storage, path: string, now: number): boolean {
  const last: { path?: unknown; at?: unknown } = JSON.parse(storage.getItem(reloadKey) ?? "{}");
  if (last.path === path && typeof last.at === "number" && now - last.at < guardMs) return false;
  storage.setItem(reloadKey, JSON.stringify({ path, at: now, isNew: true }));
  return true;
}

/** What to fill in after the page has loaded itself again; undefined for every other load. */
export function takeTyped(storage: Storage, path: string, now: number): Typed | undefined {
  const reload: { path?: unknown; at?: unknown; isNew?: unknown } = JSON.parse(
    storage.getItem(reloadKey) ?? "{}",
  );
  const fields = takeFields(storage, path, now);
  if (reload.path !== path || reload.isNew !== true) return undefined;
  storage.setItem(reloadKey, JSON.stringify({ path, at: reload.at }));
  return { path, at: now, fields };
}

/** What was sent from this page last, once: for a form that the server sent back, too. */
export function takeFields(storage: Storage, path: string, now: number): Typed["fields"] {
  const typed: Partial<Typed> = JSON.parse(storage.getItem(typedKey) ?? "{}");
  storage.removeItem(typedKey);
  const isFresh = typed.path === path && typeof typed.at === "number" && now - typed.at < lifeMs;
  return isFresh && Array.isArray(typed.fields) ? typed.fields : [];
}

/** Fills a form in as a person would, so that the scripts of the page notice. */
export function fillTyped(document: Document, fields: Typed["fields"]): void {
  for (const [name, value] of fields) {
    for (const field of document.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
      if (!field.matches(kept)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.value === value && !field.checked) field.click();
        continue;
      }
      const prototype = Object.getPrototypeOf(field);
      // React remembers the value that it set itself; this way it sees a change.
      Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

/** What a page throws whose build the server no longer has: an unknown action, or a script that is gone. */
export const isStaleScript = (error: Error): boolean =>
  error.name === "ChunkLoadError" ||
  /loading (css )?chunk|failed to load chunk|dynamically imported module|importing a module script/i.test(
    error.message,
  );
