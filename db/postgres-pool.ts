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

/** We are stopping. */
export class PoolClosedError extends Error {
  readonly code = "CONNECTION_ENDED";
  constructor() {
    super("The database connection is closed.");
  }
}

/**
 * Two things that postgres.js and Drizzle leave out. Work waits in front of the pool for a limited time, one piece per
 * connection; and statements are prepared, which Drizzle does not ask for and which saves about half of their cost.
 */
export function limitAndPrepare(client: postgres.Sql, options: { places: number; prepare: boolean }): Gate {
  const gate = createGate(options.places, PATIENCE_MS);
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
        gate.enter(async () => (asValues ? await unsafe(...query).values() : await unsafe(...query))),
      );
      return Object.assign(result, { values: () => ((asValues = true), result) });
    },
    begin: (...args: BeginArguments) => gate.enter(() => begin(...spread(args))),
  });
  return gate;
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

export type Gate = {
  /** Lets work in when there is a place, in order of arrival, and turns away what waited too long. */
  enter<T>(work: () => Promise<T>): Promise<T>;
  /** Lets nothing in any more; resolves when all are out, or when the time is up. */
  drain(withinMs: number): Promise<void>;
};

export function createGate(places: number, patienceMs: number): Gate {
  let inside = 0;
  let emptied: (() => void) | undefined;
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
    if (next) return next();
    inside--;
    if (inside === 0) emptied?.();
  };
  const enter: Gate["enter"] = async (work) => {
    if (emptied) throw new PoolClosedError();
    if (inside < places) inside++;
    else await wait();
    try {
      return await work();
    } finally {
      leave();
    }
  };
  const drain = (withinMs: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, withinMs);
      emptied = () => {
        clearTimeout(timer);
        done();
      };
      if (inside === 0) emptied();
    });
  return { enter, drain };
}

/**
 * Sees to two ways of being gone that postgres.js does not notice: an end that fell silent, and one that takes the call
 * and hangs up without a word, as proxies do whose server is down; it would call such a one again for ever, at full
 * speed, while the query waits. Events are watched here because it drops listeners when it turns to TLS.
 */
class ImpatientSocket extends net.Socket {
  #failed = false;

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "timeout") this.destroy();
    if (event === "error") this.#failed = true;
    const hungUp = event === "close" && !this.#failed && this.bytesRead === 0;
    if (!hungUp || this.listenerCount("error") === 0) return super.emit(event, ...args);
    this.emit("error", Object.assign(new Error("The server hung up at once."), { code: "ECONNRESET" }));
    // "With an error", so that the pause before the next call grows.
    return super.emit("close", true);
  }
}

type Target = { host: string[]; port: number[]; path?: string | false };

/** How postgres.js gets its connections. @param silenceMs ends one that stays silent for so long; 0 is never */
function callWith(silenceMs: number) {
  let calls = 0;
  return ({ host, port, path }: Target) => {
    const at = calls++ % host.length;
    const name = host[at] ?? "localhost";
    const socket = new ImpatientSocket();
    socket.setTimeout(silenceMs);
    if (path) socket.connect(path);
    else socket.connect(port[at] ?? 5432, name);
    // postgres.js takes the name for TLS from here.
    return Object.assign(socket, { host: name });
  };
}

/**
 * A server that is gone without a word (a cable, a firewall) would keep every connection for a quarter of an hour.
 * Idle connections are closed before, in good order.
 */
export const forQueries = () => ({ socket: callWith(SILENCE_MS), idle_timeout: IDLE_SECONDS });

/** A listener hears nothing for hours, and that is as it should be. */
export const forListening = () => ({ socket: callWith(0) });
