import { z } from "zod";

const Place = z.string().regex(/^\/dashboard(\/[\w-]+)*(\?[\w=&%+.-]*)?$/);

/** Pages of the dashboard and nothing else: an address from outside must not lead away after signing in. */
export const getPathAfterSignIn = (wanted: unknown): string => Place.safeParse(wanted).data ?? "/dashboard";
