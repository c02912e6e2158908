import type { Context } from "hono";
import type { Sandbox } from "../core/sandbox";
import type { NodeApp } from "../wire/call";

/** What a page's handler gets: the call, and in `c.var` the sandbox that it shows. */
export type PageApp = NodeApp & { Variables: { sandbox: Sandbox } };
export type PageContext = Context<PageApp>;

/** A submitted form, whatever content type it names. */
export const parseForm = async (c: PageContext): Promise<URLSearchParams> =>
  new URLSearchParams(await c.req.text());
