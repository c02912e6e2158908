import { expect } from "vitest";
import { buildDocument } from "../../lib/api/document";
import { createApiContract } from "./api-contract";
import { loadApiRoutes } from "./api-routes";

const contract = createApiContract(buildDocument("https://shop.example/api/v1"));
const routes = await loadApiRoutes();

/** Fails where an answer of a route handler of the API is not as the document says. */
export function expectContract(handler: unknown, response: Response, body: unknown): void {
  const route = routes.get(handler);
  if (!route) throw new Error("This handler belongs to no call of the API.");
  const { method, path } = route;
  const contentType = response.headers.get("content-type");
  expect(contract.listFaults({ method, path, status: response.status, contentType, body })).toEqual([]);
}
