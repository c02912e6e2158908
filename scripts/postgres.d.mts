export type Cluster = {
  url: string;
  stop(): Promise<void>;
  /** As a crash would: nothing is written any more. */
  immediateStop(): Promise<void>;
  restart(): Promise<void>;
};
export function findPostgres(): string | undefined;
export function installPostgres(): void;
export function startCluster(): Promise<Cluster>;
export function addAppRole(url: string): Promise<string>;
