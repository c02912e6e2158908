import "server-only";
import { type Environment, ownPaths, toPath, simulatorKeys } from "./environment";

/** Sentences for all that is right by itself and wrong together with the rest. */
export function findConflicts(env: Environment): string[] {
  const environment = env.DOKU_ENVIRONMENT ?? "simulator";
  const rules = [
    ...pairs(env),
    ...(environment === "simulator" ? trying(env) : atDoku(env, environment)),
    ...(environment === "production" ? inProduction(env) : []),
  ];
  return rules.flatMap(([isBroken, sentence]) => (isBroken ? [sentence] : []));
}

type Rule = [isBroken: boolean, sentence: string];

const callbacks = ["DOKU_NOTIFICATION_URL", "DOKU_INQUIRY_URL", "DOKU_OVERRIDE_NOTIFICATION_URL"] as const;
const secrets = ["DOKU_SECRET_KEY", "DOKU_SECRET_KEY_PREVIOUS"] as const;

const pairs = (env: Environment): Rule[] => [
  [
    (env.SMTP_URL === undefined) !== (env.SMTP_FROM === undefined),
    "SMTP_URL and SMTP_FROM go together: the mail server, and the address that shoppers see",
  ],
  [
    Boolean(env.DATABASE_OWNER_URL) && !env.DATABASE_URL,
    "DATABASE_OWNER_URL goes with DATABASE_URL: it is another user of the same database",
  ],
  [
    env.DOKU_OVERRIDE_NOTIFICATION_URL !== undefined &&
      toPath(env.DOKU_OVERRIDE_NOTIFICATION_URL) !==
        toPath(env.DOKU_NOTIFICATION_URL ?? ownPaths.notifications),
    "DOKU_OVERRIDE_NOTIFICATION_URL must have the path of DOKU_NOTIFICATION_URL: DOKU takes another host alone",
  ],
];

const trying = (env: Environment): Rule[] => [
  [
    Boolean(env.DOKU_CLIENT_ID ?? env.DOKU_SECRET_KEY),
    "DOKU_ENVIRONMENT must be sandbox or production when DOKU's credentials are set: they are never shown to the simulator",
  ],
];

/** Sandbox and production alike. */
const atDoku = (env: Environment, environment: string): Rule[] => [
  [!env.DOKU_CLIENT_ID, `DOKU_CLIENT_ID is needed for ${environment}: it is in DOKU's Back Office`],
  [!env.DOKU_SECRET_KEY, `DOKU_SECRET_KEY is needed for ${environment}: it is in DOKU's Back Office`],
  [
    !env.APP_URL,
    `APP_URL is needed for ${environment}: the address at which shoppers and DOKU reach this shop`,
  ],
  [!env.SESSION_SECRET, `SESSION_SECRET is needed for ${environment}: 32 or more random characters`],
  ...secrets.map((name): Rule => [
    env[name] === simulatorKeys.secret,
    `${name} is the simulator's, which is public: anybody could forge payments with it`,
  ]),
];

/** DOKU's keys are far longer; a shorter one is a slip of the clipboard, and could be guessed. */
const SHORTEST_KEY = 16;

const inProduction = (env: Environment): Rule[] => [
  [!env.DATABASE_URL, "DATABASE_URL is needed for production: the embedded database survives no power cut"],
  ...(["DATABASE_URL", "DATABASE_OWNER_URL"] as const).map((name): Rule => [
    env.DATABASE_TLS === "required" && isUnencrypted(env[name]),
    `${name} names another machine without TLS: add sslmode=require, or set DATABASE_TLS=none where the network between is yours alone`,
  ]),
  ...(["APP_URL", "DOKU_BASE_URL", ...callbacks] as const).map((name): Rule => [
    env[name]?.startsWith("http:") ?? false,
    `${name} must be https in production`,
  ]),
  ...secrets.map((name): Rule => [
    (env[name]?.length ?? SHORTEST_KEY) < SHORTEST_KEY,
    `${name} is too short to be DOKU's`,
  ]),
];

/** Whether what is asked of the database could be read on its way. */
function isUnencrypted(address: string | undefined): boolean {
  if (address === undefined) return false;
  const { hostname, searchParams } = new URL(address);
  // No name at all, or a path, is a socket of this machine.
  const host = searchParams.get("host") ?? decodeURIComponent(hostname);
  if (host === "" || host.startsWith("/") || /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host)) return false;
  return (
    searchParams.get("sslrootcert") !== "system" &&
    !["require", "verify-ca", "verify-full", "no-verify"].includes(searchParams.get("sslmode") ?? "")
  );
}
