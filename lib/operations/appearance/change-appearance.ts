import { findAppearance, insertAppearance, insertLogo } from "@/db/queries/appearances";
import type { AppearanceRow, LogoRow } from "@/db/queries/appearances";
import type { Actor } from "@/lib/payment/attribution";
import type { Deps } from "../deps";

export type AppearanceValues = Omit<AppearanceRow, "version" | "actor" | "createdAt" | "logo">;

export type AppearanceChange = {
  /** Only what is given is changed; null is the default. */
  values: Partial<AppearanceValues>;
  /** Drawn by this program; null for none, undefined for the one that is there. */
  logo?: Omit<LogoRow, "createdAt"> | null | undefined;
  actor: Actor;
};

export type ChangeAppearance = { outcome: "changed" } | { outcome: "unchanged" };

const nothing: AppearanceValues & Pick<AppearanceRow, "logo"> = {
  ...{ name: null, accent: null, whatsapp: null, phone: null, email: null, website: null },
  ...{ helpId: null, helpEn: null, logo: null },
};

/** Each loser of a race finds that one other change was made; more than this many at once is no race of people. */
const mostTries = 10;

/** Adds a row of history. Of two changes at once, the second keeps what the first changed. */
export async function changeAppearance(
  deps: Pick<Deps, "db" | "now">,
  change: AppearanceChange,
): Promise<ChangeAppearance> {
  for (let tries = 0; tries < mostTries; tries++) {
    const result = await tryChange(deps, change);
    if (result !== "overtaken") return { outcome: result };
  }
  throw new Error("other changes of the appearance were made each time");
}

async function tryChange(
  { db, now }: Pick<Deps, "db" | "now">,
  { values, logo, actor }: AppearanceChange,
): Promise<"changed" | "unchanged" | "overtaken"> {
  const before = (await findAppearance(db))?.row;
  const old = { ...nothing, ...before };
  const next = { ...old, ...values, ...(logo !== undefined && { logo: logo?.hash ?? null }) };
  const keys = Object.keys(nothing) as (keyof typeof nothing)[];
  if (keys.every((key) => next[key] === old[key])) return "unchanged";
  const createdAt = now();
  return db.transaction(async (tx) => {
    if (logo) await insertLogo(tx, { ...logo, createdAt });
    const row = { ...next, version: (before?.version ?? 0) + 1, actor, createdAt };
    return (await insertAppearance(tx, row)) ? "changed" : "overtaken";
  });
}
