import { beforeEach } from "vitest";
import { insertApiKey } from "@/db/queries/api-keys";
import { hashKey, newKey, toKeyHint } from "@/lib/api/key";
import { scopes } from "@/lib/api/scopes";
import type { Scope } from "@/lib/api/scopes";
import { expectContract } from "@/test/contract/expect-contract";
import { context, database } from "@/test/setup-context";

export type Route = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

export type ApiTestCall = {
  id?: string;
  /** An object is sent as JSON, text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  query?: string;
  method?: string;
};

/** The key that calls are made with; each test begins with one that may do everything. */
export const caller = { key: "" };

export function setupApiCalls(): void {
  beforeEach(async () => void (caller.key = await addKey()));
}

export async function addKey(granted: readonly Scope[] = scopes): Promise<string> {
  const key = newKey("test", context.deps.random);
  const id = context.deps.newId();
  await insertApiKey(database.db, {
    ...{ id, name: "Web", scopes: [...granted], createdBy: "m", createdAt: context.deps.now() },
    hash: hashKey(key),
    hint: toKeyHint(key),
  });
  return key;
}

/** Calls a route handler of the API as a program does. Every answer is held against the API's document. */
export async function call(
  route: Route,
  { id = "", body, headers = {}, query = "", method }: ApiTestCall = {},
) {
  const init = {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { authorization: `Bearer ${caller.key}`, "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
  const response = await route(new Request(`https://shop.example/api/v1/x${query}`, init), {
    params: Promise.resolve({ id }),
  });
  const json = JSON.parse(await response.text());
  expectContract(route, response, json);
  return { status: response.status, json, headers: response.headers };
}
