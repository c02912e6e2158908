// `node scripts/run.mjs PROGRAM.ts …` installs the packages if they have changed, and runs a TypeScript program.
import { StepFailed, checkNode, installPackages, run } from "./prepare.mjs";

async function main() {
  checkNode();
  await installPackages();
  const typescript = ["--import", "tsx", "--conditions=react-server"];
  process.exitCode = await run(process.execPath, [...typescript, ...process.argv.slice(2)]);
}

main().catch((error) => {
  if (!(error instanceof StepFailed)) console.error(error.message);
  process.exitCode = 1;
});
