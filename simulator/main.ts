import { z } from "zod";
import { parseEnvironment } from "./environment";
import { startSimulator } from "./start-simulator";

async function main(): Promise<void> {
  const simulator = await startSimulator({
    ...parseEnvironment(process.env),
    log: (line) => console.log(line),
  });
  console.log(`simulator ready on ${simulator.url}`);
  const stop = async () => {
    await simulator.close();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}

main().catch((error: unknown) => {
  const text = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  console.error(`simulator cannot start:\n${text}`);
  process.exitCode = 1;
});
