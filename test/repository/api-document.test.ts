import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { buildDocument, listOperations } from "@/lib/api/document";

const folder = path.resolve(import.meta.dirname, "../../app/api/v1");

/** `GET /checkout_sessions/{id}`, for every route handler but the document itself and the answer to wrong addresses. */
const listRoutes = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith("/route.ts") && !/^(openapi\.json|\[\.\.\.missing\])\//.test(name))
    .flatMap((name) => {
      const address = `/${name.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`;
      const source = readFileSync(path.join(folder, name), "utf8");
      return [...source.matchAll(/^export const ([A-Z]+) =/gm)].map(([, method]) => `${method} ${address}`);
    });

test("the API's document names every call that has a route handler, and no other", () => {
  expect(listOperations().toSorted()).toEqual(listRoutes().toSorted());
});

test("the API's document is OpenAPI 3.1 and leads to the address of the shop", () => {
  const server = "https://shop.example/api/v1";
  expect(buildDocument(server)).toMatchObject({ openapi: "3.1.0", servers: [{ url: server }] });
});
