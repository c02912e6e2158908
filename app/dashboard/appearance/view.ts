import type { AppearanceRow } from "@/db/queries/appearances";
import { appearanceFields } from "./schema";
import type { AppearanceFormValues } from "./schema";

/** What the form shows of what is stored: nothing where all is the default. */
export const toFormValues = (row: AppearanceRow | undefined): AppearanceFormValues =>
  Object.fromEntries(appearanceFields.map((name) => [name, row?.[name] ?? ""]));
