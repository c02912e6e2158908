import { createServer } from "node:http";
import type { Server } from "node:http";
import getPort from "get-port";

/** A merchant's own shop, whose every page says which address was asked for. */
export class MerchantShop {
  /** Addresses and referrers of the pages that browsers asked for. */
  readonly visits: { path: string; referrer: string | undefined }[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<MerchantShop> {
    const port = await getPort();
    const server = createServer((request, response) => {
      const path = request.url ?? "";
      if (path !== "/favicon.ico") shop.visits.push({ path, referrer: request.headers.referer });
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(
        `<!doctype html><html lang="id"><title>Toko</title><link rel="icon" href="data:,"><h1>${path}</h1>`,
      );
    });
    const shop = new MerchantShop(`http://localhost:${port}`, server);
    await new Promise<void>((done) => server.listen(port, "localhost", done));
    return shop;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
