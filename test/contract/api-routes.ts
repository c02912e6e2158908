import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "../../app/api/v1");

export type ApiRoute = {
  method: string;
  /** Below `/api/v1`: `/checkout_sessions/{id}`. */
  path: string;
  file: string;
};

/** Every route handler of the API but the document itself and the answer to wrong addresses. */
export const listApiRoutes = (): ApiRoute[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith("/route.ts") && !/^(openapi\.json|\[\.\.\.missing\])\//.test(name))
    .flatMap((name) => {
      const address = `/${name.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`;
      const file = path.join(folder, name);
      const source = readFileSync(file, "utf8");
      return [...source.matchAll(/^export const ([A-Z]+) =/gm)].map(([, method = ""]) => ({
        method,
        path: address,
        file,
      }));
    });

/** The call that each route handler answers. */
export const loadApiRoutes = async (): Promise<Map<unknown, ApiRoute>> =>
  new Map(
    await Promise.all(
      listApiRoutes().map(async (route) => {
        const handlers = await import(/* @vite-ignore */ route.file);
        return [handlers[route.method], route] as const;
      }),
    ),
  );
