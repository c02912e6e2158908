import { execa } from "execa";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";

export const isRootOnDebian = (): boolean => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/**
 * Installs packages without prompts, or only downloads the missing ones into a folder.
 * @returns the names of what was downloaded
 */
export async function installFromDebian(
  packages: readonly string[],
  { downloadInto }: { downloadInto?: string } = {},
): Promise<string[]> {
  if (downloadInto !== undefined) mkdirSync(path.join(downloadInto, "partial"), { recursive: true });
  const only =
    downloadInto === undefined ? [] : ["--download-only", "-o", `Dir::Cache::Archives=${downloadInto}`];
  const install = () => apt(["install", "-y", "-qq", "--no-install-recommends", ...only, ...packages]);
  // The lists of packages may be old, or missing as in many containers.
  if (!(await install()) && (await apt(["update", "-qq"]))) await install();
  if (downloadInto === undefined) return [];
  return readdirSync(downloadInto)
    .filter((file) => file.endsWith(".deb"))
    .map((file) => file.replace(/_.*/, ""));
}

async function apt(args: readonly string[]): Promise<boolean> {
  const { failed } = await execa("apt-get", args, {
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "ignore",
    reject: false,
  });
  return !failed;
}
