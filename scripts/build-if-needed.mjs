// Builds when there is no build, or one of other sources.
import { StepFailed, buildIfNeeded } from "./prepare.mjs";

await buildIfNeeded().catch((error) => {
  if (!(error instanceof StepFailed)) console.error(error.message);
  process.exitCode = 1;
});
