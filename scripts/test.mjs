// `npm test`: everything that must hold before a change lands. `npm test -- unit lint` runs only the steps named.
import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { findBrowser } from "./browser.mjs";
import {
  at,
  buildIfNeeded,
  checkNode,
  childEnv,
  fileExists,
  installPackages,
  next,
  run,
} from "./prepare.mjs";

const reports = at("test-results");
const bin = (...parts) => [process.execPath, [at("node_modules", ...parts)]];

/** A check that passes or fails as a whole counts as one; a runner counts its tests. */
const steps = [
  { name: "lint", run: () => check(...bin("oxlint", "bin", "oxlint"), "--deny-warnings") },
  {
    name: "format",
    run: () => check(...bin("prettier", "bin", "prettier.cjs"), "--check", "--log-level", "warn", "."),
  },
  {
    name: "types",
    run: async () => {
      const routes = await run(process.execPath, [next, "typegen"]);
      return routes === 0 ? check(...bin("typescript", "bin", "tsc"), "--noEmit") : asOne(routes);
    },
  },
  { name: "build", run: () => buildIfNeeded().then(() => asOne(0)) },
  { name: "unit", run: () => vitest("unit") },
  { name: "embedded", run: () => vitest("embedded") },
  { name: "postgres", run: () => vitest("postgres") },
  { name: "browser", run: playwright },
  { name: "torture", run: () => check(process.execPath, [...torture, "small", "--without", "weight"]) },
];

/** Without the part that measures memory and times: those depend on what else the machine does. */
const torture = ["--import", "tsx", "--conditions=react-server", at("torture/run.mjs")];

/** A runner that hangs must not hang those who wait for the answer. */
const limit = { timeout: 30 * 60_000, killSignal: "SIGINT" };

const asOne = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
const failedOnce = (why) => {
  console.error(why);
  return { passed: 0, failed: 1 };
};

async function check(command, args, ...more) {
  return asOne(await run(command, [...args, ...more], limit));
}

async function vitest(project) {
  const report = `${reports}/vitest-${project}.json`;
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const [node, file] = bin("vitest", "vitest.mjs");
  const code = await run(node, [...file, ...args], { env: childEnv({ CI: "1" }), ...limit });
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = readReport(report);
  return judged({ passed, failed, code, runner: `vitest's project "${project}"` });
}

async function playwright() {
  const hasTests = fileExists(at("e2e")) && readdirSync(at("e2e"), { recursive: true }).some(isSpec);
  if (!hasTests) return failedOnce("There are no browser tests in e2e.");
  await buildIfNeeded();
  const report = `${reports}-playwright.json`;
  const env = childEnv({ CHROMIUM_PATH: await findBrowser(), PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  rmSync(report, { force: true });
  const [node, file] = bin("@playwright", "test", "cli.js");
  const code = await run(node, [...file, "test", "--reporter=list,json"], { env, ...limit });
  const { expected = 0, unexpected = 0, flaky = 0 } = readReport(report).stats ?? {};
  rmSync(report, { force: true });
  // A test that passes only the second time has failed.
  return judged({ passed: expected, failed: unexpected + flaky, code, runner: "Playwright" });
}

const isSpec = (name) => String(name).endsWith(".spec.ts");

/** A runner that ran nothing, or ended badly without a failed test, has failed all the same. */
function judged({ passed, failed, code, runner }) {
  if (passed + failed === 0) return failedOnce(`${runner} ran no test.`);
  if (code !== 0 && failed === 0) {
    console.error(`${runner} ended with an error outside its tests.`);
    return { passed, failed: 1 };
  }
  return { passed, failed };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

async function main() {
  checkNode();
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No step is called ${unknown.join(", ")}; there are: ${steps.map(({ name }) => name).join(", ")}.`,
    );
  }
  await installPackages();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const total = { passed: 0, failed: 0 };
  const failedSteps = [];
  for (const step of steps.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const { passed, failed } = await announced(step);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failedSteps.push(step.name);
  }
  if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(", ")}`);
  return finish(total);
}

async function announced({ name, run }) {
  console.log(`\n── ${name} ──`);
  const start = performance.now();
  const result = await run().catch((error) => failedOnce(error.message || `${name} failed.`));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`── ${name}: ${result.failed === 0 ? "passed" : "FAILED"}, ${seconds} s ──`);
  return result;
}

/** The last line is read by machines: it stands alone, and nothing comes after it. */
function finish({ passed, failed }) {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

main().catch((error) => {
  if (error.message) console.error(error.message);
  finish({ passed: 0, failed: 1 });
});
