import type { APIRequestContext, APIResponse } from "@playwright/test";
import { expect } from "@playwright/test";
import { type ApiContract, createApiContract } from "../test/contract/api-contract";

const calls = ["get", "post", "patch", "put", "delete", "fetch"] as const;
const isCall = (name: string | symbol): name is (typeof calls)[number] => calls.some((call) => call === name);

type Options = Parameters<APIRequestContext["fetch"]>[1];

/** The same client, but an answer of the API that is not as its document says fails the test. */
export function holdToContract(request: APIRequestContext): APIRequestContext {
  let contract: Promise<ApiContract> | undefined;
  const getContract = () => (contract ??= loadContract(request));
  return new Proxy(request, {
    get(target, name) {
      if (!isCall(name)) {
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return async (url: string, options?: Options) => {
        const answer = await target[name](url, options);
        const method = name === "fetch" ? (options?.method ?? "get") : name;
        if (isOfApi(answer)) await expectAsDocumented(await getContract(), method, answer);
        return answer;
      };
    },
  });
}

const loadContract = async (request: APIRequestContext): Promise<ApiContract> =>
  createApiContract(await (await request.get("/api/v1/openapi.json")).json());

const prefix = "/api/v1";

const isOfApi = (answer: APIResponse): boolean => {
  const { pathname } = new URL(answer.url());
  return pathname.startsWith(`${prefix}/`) && pathname !== `${prefix}/openapi.json`;
};

async function expectAsDocumented(contract: ApiContract, method: string, answer: APIResponse): Promise<void> {
  const faults = contract.listFaults({
    method,
    path: new URL(answer.url()).pathname.slice(prefix.length),
    status: answer.status(),
    contentType: answer.headers()["content-type"] ?? null,
    body: await answer.json().catch(() => undefined),
  });
  expect(faults, `${method} ${answer.url()}`).toEqual([]);
}
