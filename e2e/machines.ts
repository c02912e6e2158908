// Two machines on one PostgreSQL, behind a balancer, each with a build of its own.
import getPort from "get-port";
import { startBalancer } from "../test/harness/balancer";
import { type Build, getOwnBuild } from "../test/harness/built-copies";
import { addAppRole, runSql, startCluster } from "../test/harness/postgres";
import { startSimulator } from "../test/harness/servers";
import { type Shop, type Shops, startShop, startTogether, toShops } from "./shops";

/** Longer than any answer takes: a form that is sent to the other machine too would hide that the first failed. */
const balancerTimeoutMs = 60_000;

export type Machine = Shop & { buildId: string };

export type Machines = {
  shops: Shops;
  /** Has the build of this tree. */
  first: Machine;
  second: Machine;
  /** The balancer sends shoppers to these in turns from now on. */
  serveFrom: (...machines: readonly Machine[]) => void;
  /** Makes all processes look as if they had started earlier. */
  backdateStarts: (minutes: number) => Promise<void>;
};

/** Both serve at first. @param build of the second */
export async function startMachines(build: Build): Promise<Machines> {
  const { started, stop } = await startTogether(async ({ closeLater }) => {
    const cluster = await startCluster({ durable: false });
    closeLater(cluster.stop);
    const served: string[] = [];
    const balancer = await startBalancer(served, { timeoutMs: balancerTimeoutMs });
    closeLater(balancer.stop);
    const shop = { url: balancer.address };
    const simulator = await startSimulator({ shopUrl: shop.url });
    closeLater(simulator.stop);
    const env = {
      DATABASE_URL: await addAppRole(cluster.url),
      DATABASE_OWNER_URL: cluster.url,
      APP_URL: shop.url,
    };
    const startMachine = async (name: string, { folder, buildId }: Build): Promise<Machine> => {
      const process = await startShop(name, { port: await getPort(), simulator, env, folder });
      closeLater(process.stop);
      return { ...process, buildId };
    };
    const first = await startMachine("first-machine", getOwnBuild());
    const second = await startMachine("second-machine", build);
    const serveFrom: Machines["serveFrom"] = (...machines) =>
      void served.splice(0, served.length, ...machines.map(({ url }) => url));
    serveFrom(first, second);
    const backdateStarts = (minutes: number) =>
      runSql(cluster.url, `update processes set started_at = started_at - interval '${minutes} minutes'`);
    const processes = [first, second];
    return { shop, notifiedShop: shop, simulator, processes, first, second, serveFrom, backdateStarts };
  });
  return { ...started, shops: toShops({ started, stop }) };
}
