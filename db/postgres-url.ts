import { readFileSync } from "node:fs";

export type PostgresAddress = {
  url: string;
  /** A socket's folder, or a host that stands in the query. */
  host: string | undefined;
  ssl: { ca: string; rejectUnauthorized: true; checkServerIdentity?: () => undefined } | undefined;
  /** Parameters that are for other drivers and change nothing here. */
  ignored: string[];
};

/** Those that postgres.js or the server itself understands. */
const understood = new Set([
  "application_name",
  "options",
  "search_path",
  "ssl",
  "sslmode",
  "sslnegotiation",
  "target_session_attrs",
]);

/**
 * Parses an address as hosts of databases print it: with the parameters of libpq, Prisma and others. postgres.js would
 * send those it does not know to the server, which then refuses the connection and names none of our settings.
 */
export function parsePostgresUrl(address: string): PostgresAddress {
  const [server = "", parameters = ""] = address.split("?", 2);
  const given = new Map(new URLSearchParams(parameters));
  const take = (name: string): string | undefined => {
    const value = given.get(name) || undefined;
    given.delete(name);
    return value;
  };
  const [host, schema, rootCertificate] = [take("host"), take("schema"), take("sslrootcert")];
  // The name that other drivers have for "require": encrypted, the certificate not verified.
  if (given.get("sslmode") === "no-verify") given.set("sslmode", "require");
  if (schema && schema !== "public" && !given.has("search_path")) given.set("search_path", schema);
  if (rootCertificate === "system") given.set("sslmode", "verify-full");
  // Without the comment the bundler would copy all of the project into a standalone build.
  const ca =
    rootCertificate && rootCertificate !== "system"
      ? readFileSync(/* turbopackIgnore: true */ rootCertificate, "utf8")
      : undefined;
  const ignored = [...given.keys()].filter((name) => !understood.has(name));
  for (const name of ignored) given.delete(name);
  const query = [...given].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return {
    url: `${server}${query && `?${query}`}`,
    host,
    ssl: ca === undefined ? undefined : verifyWith(ca, given.get("sslmode")),
    ignored,
  };
}

/** `verify-ca` trusts whatever host shows a certificate of that authority; all else compares the host too. */
const verifyWith = (ca: string, mode: string | undefined) => ({
  ca,
  rejectUnauthorized: true as const,
  ...(mode === "verify-ca" && { checkServerIdentity: () => undefined }),
});
