import postgres from "postgres";

/** Runs a statement. The type says what its SQL returns; nothing checks it. */
export type Query = <T extends Record<string, unknown> = Record<string, unknown>>(
  text: string,
) => Promise<T[]>;

const quiet = { max: 2, onnotice: () => undefined };

/** A connection for each statement: the server may have been killed since the last. */
export const createQuery =
  (databaseUrl: string): Query =>
  async <T extends Record<string, unknown>>(text: string) => {
    const sql = postgres(databaseUrl, quiet);
    try {
      return await sql.unsafe<T[]>(text);
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
