import { z } from "zod";

const Place = z.string().regex(/^\/dashboard(\/[\w-]+)*(\?[\w=&%+.-]*)?$/);

/** Allows only pages of the dashboard, so that a forged link cannot redirect to another site after signing in. */
export const getPathAfterSignIn = (wanted: unknown): string => Place.safeParse(wanted).data ?? "/dashboard";
