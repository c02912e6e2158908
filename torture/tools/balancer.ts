// A load balancer as a host would put before two apps: takes turns, goes to the other when one does not answer, and
// leaves that one alone for a moment.
import http from "node:http";

/** Milliseconds. */
const PATIENCE = 800;
const LEFT_ALONE = 1500;

/** @param addresses of the apps */
export async function startBalancer(addresses) {
  const agent = new http.Agent({ keepAlive: true });
  const sickUntil = new Map();
  let turn = 0;
  const inOrder = () => {
    const from = turn++ % addresses.length;
    const turned = [...addresses.slice(from), ...addresses.slice(0, from)];
    const sick = (address) => (sickUntil.get(address) ?? 0) > performance.now();
    return turned.toSorted((a, b) => Number(sick(a)) - Number(sick(b)));
  };
  const server = http.createServer(async (request, response) => {
    const body = await bodyOf(request);
    for (const address of inOrder()) {
      if (await forward(address, { request, body, response, agent })) return;
      sickUntil.set(address, performance.now() + LEFT_ALONE);
    }
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request.on("error", () => undefined)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** @returns false when nothing of an answer came in time */
function forward(address, { request, body, response, agent }) {
  const { hostname: host, port } = new URL(address);
  const { method, url: path } = request;
  const headers = { ...request.headers, connection: "keep-alive" };
  return new Promise((done) => {
    const onward = http.request({ host, port, method, path, headers, agent }, (answer) => {
      clearTimeout(late);
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      response.once("close", () => onward.destroy());
      // An answer that breaks off must look so: half a 200 is none.
      answer.once("close", () => (answer.complete ? done(true) : (response.destroy(), done(true))));
    });
    const late = setTimeout(() => onward.destroy(), PATIENCE);
    onward.once("error", () => done(response.headersSent));
    onward.end(body);
  });
}
