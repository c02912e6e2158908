// npm run owner -- --email sri@toko.id --name "Sri": adds an owner to the dashboard and prints a password once. An owner who
// exists already gets a new password, and all their sessions end. Every wait before a sign-in is lifted.
import { hashPassword } from "better-auth/crypto";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { connectDatabase } from "@/db/client";
import { saveOwner } from "@/db/queries/staff";
import { forgetAllTries } from "@/db/sign-in-tries";
import { migrateDatabase } from "@/db/migrate";
import { parseSettings } from "@/lib/server/env/settings";

const Person = z.object({
  email: z.email("--email needs an e-mail address").max(128),
  name: z.string("--name needs a name").trim().min(1, "--name needs a name").max(80),
});

async function main(): Promise<string> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { values } = parseArgs({ options: { email: { type: "string" }, name: { type: "string" } } });
  const person = Person.safeParse(values);
  if (!person.success) throw new Error(person.error.issues.map(({ message }) => message).join("\n"));
  const read = parseSettings(process.env);
  if (read.outcome === "wrong") throw new Error(`These settings are wrong:\n${read.problems.join("\n")}`);
  const database = await connectDatabase(read.settings);
  try {
    await migrateDatabase(database);
    // 120 random bits.
    const password = randomBytes(15).toString("base64url");
    const made = { newId: randomUUID, now: () => new Date() };
    const saved = await saveOwner(database.db, made, {
      ...person.data,
      passwordHash: await hashPassword(password),
    });
    await forgetAllTries(database.db);
    const what =
      saved.outcome === "created" ? "may now sign in" : "has a new password and is signed out everywhere";
    return `${person.data.email} ${what}.\nPassword, shown this once: ${password}\n`;
  } finally {
    await database.close();
  }
}

main().then(
  (message) => process.stdout.write(message),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
