// `npm test`: everything that must hold before a change lands. `npm test -- unit lint` runs only what is named. Plain
// JavaScript, because it installs the packages that the rest is run with.
import { StepFailed, at, checkNode, installPackages, run } from "./prepare.mjs";

async function main() {
  checkNode();
  await installPackages();
  const program = ["--import", "tsx", "--conditions=react-server", at("scripts", "testing", "main.ts")];
  process.exitCode = await run(process.execPath, [...program, ...process.argv.slice(2)]);
}

main().catch((error) => {
  // A step that failed has said why.
  if (!(error instanceof StepFailed)) console.error(error.message);
  // The last line is read by machines: it stands alone, and nothing comes after it.
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
