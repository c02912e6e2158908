// `npm test`: everything that must pass before a change lands. `npm test -- unit lint` runs only the named steps. Plain
// JavaScript, because it installs the packages that the rest needs.
import { StepFailed, at, checkNode, installPackages, run } from "./prepare.mjs";

async function main() {
  checkNode();
  await installPackages();
  const program = ["--import", "tsx", "--conditions=react-server", at("scripts", "testing", "main.ts")];
  process.exitCode = await run(process.execPath, [...program, ...process.argv.slice(2)]);
}

main().catch((error) => {
  // A failed step has printed the reason.
  if (!(error instanceof StepFailed)) console.error(error.message);
  // Programs read the last line.
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
