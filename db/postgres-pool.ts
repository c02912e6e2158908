import net from "node:net";
import type postgres from "postgres";

/** A query waits this long for a free connection. Later the answer is "unavailable", and DOKU comes again. */
const PATIENCE_MS = 2_000;
/** Longer than every limit of the server's own, so that a connection this silent is a dead one. */
const SILENCE_MS = 15_000;
const IDLE_SECONDS = 10;

/** No connection became free in time. */
export class PoolBusyError extends Error {
  readonly code = "POOL_BUSY";
  constructor() {
    super(`The database was busy for ${PATIENCE_MS / 1000} s.`);
  }
}

/**
 * Two things that postgres.js and Drizzle leave out. Work waits in front of the pool for a limited time, one piece per
 * connection; and statements are prepared, which Drizzle does not ask for and which saves about half of their cost.
 */
export function limitAndPrepare(client: postgres.Sql, options: { places: number; prepare: boolean }): void {
  const enter = createGate(options.places, PATIENCE_MS);
  if (options.prepare) prepareStatements(client);
  const unsafe = client.unsafe.bind(client);
  const begin = client.begin.bind(client);
  Object.assign(client, {
    unsafe: (...query: Parameters<typeof unsafe>) => {
      // The first statement of `begin` comes through here too; it has its place already.
      if (query[2] && "onexecute" in query[2]) return unsafe(...query);
      let asValues = false;
      // One turn later, so that the `.values()` that Drizzle may add is known before the query starts.
      const result = Promise.resolve().then(() =>
        enter(async () => (asValues ? await unsafe(...query).values() : await unsafe(...query))),
      );
      return Object.assign(result, { values: () => ((asValues = true), result) });
    },
    begin: (...args: BeginArguments) => enter(() => begin(...spread(args))),
  });
}

type Work<T> = (tx: postgres.TransactionSql) => T | Promise<T>;
type BeginArguments = [Work<unknown>] | [string, Work<unknown>];
const spread = (args: BeginArguments): [string, Work<unknown>] =>
  args.length === 1 ? ["", args[0]] : [args[0], args[1]];

function prepareStatements(client: postgres.Sql | postgres.TransactionSql): void {
  const unsafe = client.unsafe.bind(client);
  Object.assign(client, {
    unsafe: (text: string, parameters: Parameters<typeof unsafe>[1], options?: postgres.UnsafeQueryOptions) =>
      unsafe(text, parameters, parameters?.length ? { ...options, prepare: true } : options),
  });
  const prepared = (work: Work<unknown>) => (tx: postgres.TransactionSql) => {
    prepareStatements(tx);
    return work(tx);
  };
  if ("begin" in client) {
    const begin = client.begin.bind(client);
    Object.assign(client, {
      begin: (...args: BeginArguments) => {
        const [mode, work] = spread(args);
        return begin(mode, prepared(work));
      },
    });
  } else {
    const savepoint = client.savepoint.bind(client);
    Object.assign(client, { savepoint: (work: Work<unknown>) => savepoint(prepared(work)) });
  }
}

/** Lets `places` pieces of work in at a time, in order of arrival, and turns away who waited too long. */
export function createGate(places: number, patienceMs: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  const wait = () =>
    new Promise<void>((enter, turnAway) => {
      const turn = () => {
        clearTimeout(timer);
        enter();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1);
        turnAway(new PoolBusyError());
      }, patienceMs);
      waiting.push(turn);
    });
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await wait();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

/** Gives up on a connection whose other end fell silent. postgres.js drops listeners when it turns to TLS; not this. */
class ImpatientSocket extends net.Socket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "timeout") this.destroy();
    return super.emit(event, ...args);
  }
}

/**
 * A server that is gone without a word (a cable, a firewall) would keep every connection for a quarter of an hour.
 * Idle connections are closed before, in good order.
 */
export function silentSocket() {
  let attempts = 0;
  const socket = ({ host, port, path }: { host: string[]; port: number[]; path?: string | false }) => {
    const at = attempts++ % host.length;
    const name = host[at] ?? "localhost";
    const connecting = new ImpatientSocket();
    connecting.setTimeout(SILENCE_MS);
    if (path) connecting.connect(path);
    else connecting.connect(port[at] ?? 5432, name);
    // postgres.js takes the name for TLS from here.
    return Object.assign(connecting, { host: name });
  };
  return { socket, idle_timeout: IDLE_SECONDS };
}
