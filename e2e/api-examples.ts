// The examples of docs/api.md, run as they are printed.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { cleanEnv, startNode, typescript } from "../test/harness/processes";

const document = readFileSync(path.join("docs", "api.md"), "utf8");

export const listExamples = (language: string): string[] =>
  [...document.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, code = ""]) => code,
  );

/** Runs lines of a shell. The variables that a reader fills in have these values. */
export async function runShell(script: string, variables: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)("bash", ["-euc", script], {
    env: { NODE_ENV: "production", ...cleanEnv(variables) },
  });
  return stdout;
}

/** Starts a program from the document. `stop` ends it and removes its file. */
export function startExample(code: string, env: Record<string, string>) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-example-"));
  const file = path.join(folder, "shop.ts");
  writeFileSync(file, code);
  const child = startNode([...typescript, file], { env });
  const stop = async () => {
    await child.stop();
    rmSync(folder, { recursive: true });
  };
  return { child, stop };
}
