import { expect, test } from "vitest";
import { type Machine, findPostgres } from "./find-postgres";

/** A Linux machine with these versions in these bin folders. */
function machine(versions: Record<string, number>, env: Machine["env"] = { PATH: "/usr/bin" }): Machine {
  return {
    env,
    platform: "linux",
    list: (folder) => [
      ...new Set(
        Object.keys(versions)
          .filter((bin) => bin.startsWith(`${folder}/`))
          .map((bin) => bin.slice(folder.length + 1).split("/")[0] ?? ""),
      ),
    ],
    majorVersion: (bin) => versions[bin],
  };
}

test("takes the first usable PostgreSQL on the PATH", () => {
  const env = { PATH: "/old:/new:/usr/bin" };
  expect(findPostgres(machine({ "/old": 14, "/new": 15, "/usr/bin": 17 }, env))).toBe("/new");
});

test("takes the newest of several Debian versions", () => {
  const versions = { "/usr/lib/postgresql/9/bin": 9, "/usr/lib/postgresql/15/bin": 15 };
  expect(findPostgres(machine({ ...versions, "/usr/lib/postgresql/17/bin": 17 }))).toBe(
    "/usr/lib/postgresql/17/bin",
  );
});

test("finds Homebrew's PostgreSQL in a folder with or without a version", () => {
  expect(findPostgres(machine({ "/opt/homebrew/opt/postgresql@16/bin": 16 }))).toBe(
    "/opt/homebrew/opt/postgresql@16/bin",
  );
});

test("takes no PostgreSQL older than version 15", () => {
  expect(findPostgres(machine({ "/usr/bin": 14 }))).toBeUndefined();
});

test("considers only POSTGRES_BIN when it is set", () => {
  const env = { PATH: "/usr/bin", POSTGRES_BIN: "/chosen" };
  expect(findPostgres(machine({ "/usr/bin": 17, "/chosen": 15 }, env))).toBe("/chosen");
  expect(findPostgres(machine({ "/usr/bin": 17 }, env))).toBeUndefined();
});
