import { serve } from "@hono/node-server";
import { z } from "zod";
import { parseSettings } from "./settings";
import { createShop } from "./shop";

function main(): void {
  const settings = parseSettings(process.env);
  const server = serve({ fetch: createShop(settings).fetch, port: settings.port, hostname: settings.host });
  console.log(`The example shop is at ${settings.shopUrl}`);
  const stop = () => {
    server.close(() => process.exit(0));
    setTimeout(() => process.exit(0), 2000).unref();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

try {
  main();
} catch (error) {
  const text = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  console.error(`The example shop cannot start:\n${text}`);
  process.exitCode = 1;
}
