import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildDocument, listOperations } from "@/lib/api/document";
import type { ApiDocument } from "@/lib/api/open-api";
import { acceptedBreaks } from "@/test/contract/accepted-breaks";
import { listApiRoutes } from "@/test/contract/api-routes";
import { listBreaks } from "@/test/contract/list-breaks";

test("the API's document names every call that has a route handler, and no other", () => {
  expect(listOperations().toSorted()).toEqual(
    listApiRoutes()
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  );
});

test("the API's document is OpenAPI 3.1 and leads to the address of the shop", () => {
  const server = "https://shop.example/api/v1";
  expect(buildDocument(server)).toMatchObject({ openapi: "3.1.0", servers: [{ url: server }] });
});

test("the API breaks no program that was written for the last release, but as accepted-breaks.ts says", () => {
  const released: ApiDocument = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
  const breaks = listBreaks(released, buildDocument("https://shop.example/api/v1"));
  expect(breaks.toSorted()).toEqual(acceptedBreaks.map(({ sentence }) => sentence).toSorted());
});
