import type { z } from "zod";
import type { ProblemCode } from "./problem";
import type { Scope } from "./scopes";

/** One call of the API, as its document describes it. */
export type Operation = {
  id: string;
  summary: string;
  scope: Scope;
  body?: z.ZodType;
  query?: z.ZodObject;
  answer: z.ZodType;
  /** Of the usual answer; 200 is possible for a 201 too, where what was asked for existed. */
  status?: 200 | 201;
  problems?: readonly ProblemCode[];
};

/** By path and method. */
export type Operations = Record<string, Partial<Record<"get" | "post" | "patch" | "delete", Operation>>>;
