import { z } from "zod";

const unitMinutes = { minutes: 1, hours: 60, days: 24 * 60 } as const;

/** The two fields of a form that say how long a code lasts: a whole number and its unit. */
export const lastsFields = {
  lasts: z
    .string()
    .trim()
    .regex(/^\d{1,5}$/)
    .transform(Number),
  lastsUnit: z.enum(["minutes", "hours", "days"]),
};

export const toMinutes = (typed: { lasts: number; lastsUnit: keyof typeof unitMinutes }): number =>
  typed.lasts * unitMinutes[typed.lastsUnit];
