import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the worker loads outside of Next, with every module of its background work", async () => {
  const script = `await import("./lib/server/jobs/start-worker.ts"); console.log("loaded")`;
  const options = ["--import", "tsx", "--conditions=react-server", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  expect(stdout.trim()).toBe("loaded");
});
