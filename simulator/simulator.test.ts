import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseEnvironment } from "./environment";
import { startSimulator } from "./start-simulator";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  newInvoice,
  setupTestContext,
} from "./testing";

const folder = mkdtempSync(join(tmpdir(), "simulator-"));
let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(async () => {
  await context.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => context.control("POST", "reset"));

/** A call with any Host and Origin, which `fetch` does not allow. */
function rawStatus(
  path: string,
  headers: Record<string, string>,
  method = "POST",
  body = "",
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${context.simulator.url}${path}`, { method, headers }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode ?? 0);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
const own = () => ({ host: `127.0.0.1:${context.simulator.port}`, origin: context.simulator.url });
const submit = (path: string, fields: Record<string, string>, headers: Record<string, string> = own()) =>
  fetch(`${context.simulator.url}${path}`, {
    method: "POST",
    headers: { origin: headers.origin ?? "" },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
const getCode = (answer: { json: unknown }) => String(at(answer.json, "online_to_offline_info.payment_code"));

describe("the request body", () => {
  /** `fetch` sends a body of unknown length in chunks. */
  const chunked = (text: string) =>
    fetch(`${context.simulator.url}/simulator/api/clock`, {
      method: "POST",
      body: new Blob([text]).stream(),
      duplex: "half",
    } as RequestInit);

  test("reads a chunked body to its end", async () => {
    const answer = await chunked('{"forwardSeconds":60}');
    expect([answer.status, at(await answer.json(), "offsetSeconds")]).toEqual([200, 60]);
  });

  test("answers 413 to a body of more than 1 MiB, chunked or not", async () => {
    const long = " ".repeat(1024 * 1024 + 1);
    expect((await chunked(long)).status).toBe(413);
    expect(await rawStatus("/simulator/api/clock", own(), "POST", long)).toBe(413);
  });
});

describe("the control API", () => {
  test("answers 403 to requests from other web pages or with another Host", async () => {
    const host = `127.0.0.1:${context.simulator.port}`;
    expect(await rawStatus("/simulator/api/reset", { host, origin: "https://evil.example.com" })).toBe(403);
    expect(await rawStatus("/simulator/api/reset", { host, origin: "null" })).toBe(403);
    expect(await rawStatus("/simulator/api/state", { host: "evil.example.com" }, "GET")).toBe(403);
    expect(await rawStatus("/simulator/api/reset", { host })).toBe(200);
    const answer = await context.control("GET", "state");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.text).not.toContain("SK-SimulatorOnly");
  });

  test("lists the last 1,000 calls byte for byte, newest first", async () => {
    const body = JSON.stringify(alfaOrder(), undefined, 3);
    const created = await context.post(ALFA, body);
    await context.control("POST", "till/pay?wait=1", { code: getCode(created) });
    const { json } = await context.control("GET", "calls");
    expect([at(json, "calls.0.direction"), at(json, "calls.1.direction")]).toEqual(["sent", "received"]);
    expect(at(json, "calls.1.body")).toBe(body);
    expect(at(json, "calls.1.answer")).toBe(created.text);
    for (let call = 0; call < 1_005; call += 1) await context.get("/orders/v1/status/INV-1");
    expect(at((await context.control("GET", "calls")).json, "calls.length")).toBe(1_000);
  });

  test("lists the codes of an invoice and of a customer", async () => {
    await context.post(ALFA, alfaOrder({ invoice: "INV-X", customer: "Sri Wahyuni" }));
    await context.post(ALFA, alfaOrder());
    const found = await context.control("GET", "codes?customer=Sri%20Wahyuni");
    expect([at(found.json, "codes.length"), at(found.json, "codes.0.invoice")]).toEqual([1, "INV-X"]);
    expect(at((await context.control("GET", "codes?invoice=INV-X")).json, "codes.0.state")).toBe("ACTIVE");
  });

  test("moves the clock forward and back, and rejects invalid values", async () => {
    const moved = await context.control("POST", "clock", { forwardSeconds: 3_600 });
    expect(Date.parse(String(at(moved.json, "now"))) - Date.now()).toBeGreaterThan(3_590_000);
    expect(at((await context.control("POST", "clock", { reset: true })).json, "offsetSeconds")).toBe(0);
    expect((await context.control("POST", "clock", { forwardSeconds: -1 })).status).toBe(400);
    expect((await context.control("POST", "switches", { no_such_switch: true })).status).toBe(400);
    expect((await context.control("POST", "switches", { replay_status: "418" })).status).toBe(400);
    expect((await context.control("GET", "nothing")).status).toBe(404);
  });

  test("timestamps responses by the simulator's clock or the machine's, as the switch says", async () => {
    await context.control("POST", "clock", { forwardSeconds: 86_400 });
    const getTimestamp = async () => {
      const answer = await context.get("/orders/v1/status/INV-1");
      return Date.parse(answer.headers.get("response-timestamp") ?? "") - Date.now();
    };
    expect(await getTimestamp()).toBeGreaterThan(86_000_000);
    await context.control("POST", "switches", { wire_time: "real" });
    expect(Math.abs(await getTimestamp())).toBeLessThan(3_000);
  });
});

describe("pages", () => {
  test.each(["/", "/till", "/till?code=123", "/calls", "/calls?refresh=1", "/faults"])(
    "the page %s has the banner, strict headers and no script",
    async (path) => {
      const page = await fetch(`${context.simulator.url}${path}`);
      const text = await page.text();
      expect(page.status).toBe(200);
      expect(text).toContain("<b>SIMULATOR</b>");
      expect(text).not.toMatch(/<script|style=|\son\w+=/);
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  test("accepts forms from the simulator's own pages only", async () => {
    const code = getCode(await context.post(ALFA, alfaOrder()));
    for (const origin of ["https://evil.example.com", "null", ""]) {
      const refused = await submit("/till/pay", { code }, { origin });
      expect(refused.status).toBe(403);
    }
    const host = `127.0.0.1:${context.simulator.port}`;
    expect(await rawStatus("/till/pay", { host }, "POST", `code=${code}`)).toBe(403);
    expect(await rawStatus("/reset", { host: "evil.example.com", origin: "http://evil.example.com" })).toBe(
      403,
    );
    expect(at((await context.control("GET", "ledger")).json, "payments")).toEqual([]);
  });

  test("the till takes a payment and prints a receipt that says whether the shop acknowledged it", async () => {
    const code = getCode(await context.post(ALFA, alfaOrder({ customer: "<b>Anton</b>" })));
    const spaced = `${code.slice(0, 4)}%20${code.slice(4)}`;
    const bill = await (await fetch(`${context.simulator.url}/till?code=${spaced}`)).text();
    expect(bill).toContain("&lt;b&gt;Anton&lt;/b&gt;");
    expect(bill).toContain("Rp150.000");
    const paid = await submit("/till/pay", { code });
    expect(paid.status).toBe(303);
    const receipt = await (await fetch(`${context.simulator.url}${paid.headers.get("location")}`)).text();
    expect(receipt).toContain("shop acknowledged");
    expect(receipt).toMatch(/No\. transaksi<\/dt>\s*<dd>\d{12}/);
    expect((await submit("/till/pay", { code })).status).toBe(409);
  });

  test("redirects Indodana's customer to the callback URL, which the form-action policy allows", async () => {
    const decide = async (decision: string) => {
      const created = await context.post(INDODANA, indodanaOrder(newInvoice()));
      const path = new URL(String(at(created.json, "payment.url"))).pathname;
      const page = await fetch(`${context.simulator.url}${path}`);
      expect(page.headers.get("content-security-policy")).toContain(
        "form-action 'self' https://merchant.com",
      );
      const decided = await submit(path, { decision, tenor: "3" });
      return decided.headers.get("location");
    };
    expect(await decide("approve")).toBe("https://merchant.com/return-url");
    expect(await decide("refuse")).toBe("https://merchant.com/return-url");
    expect(await decide("cancel")).toBe("https://merchant.com/cancel-url");
    await context.control("POST", "switches", { paylater_callback_parameters: true });
    expect(await decide("approve")).toMatch(
      /^https:\/\/merchant\.com\/return-url\?transactionStatus=SUCCESS&/,
    );
  });

  test("the forms set switches, add and remove faults, move the clock and take DOKU down", async () => {
    await submit("/switches", { replay_status: "200" });
    await submit("/faults/add", { kind: "slow", ms: "5", times: "2", customer: " Sri " });
    await submit("/clock", { forwardSeconds: "60" });
    await submit("/down", { mode: "http_503" });
    const { json } = await context.control("GET", "state");
    expect(at(json, "switches.replay_status")).toBe("200");
    expect(at(json, "switches.error_answers_signed")).toBe(false);
    expect(at(json, "switches.notification_timeout_ms")).toBe(10_000);
    expect([at(json, "faults.0.customer"), at(json, "faults.0.ms"), at(json, "faults.0.left")]).toEqual([
      "Sri",
      5,
      2,
    ]);
    expect([at(json, "clock.offsetSeconds"), at(json, "down")]).toEqual([60, "http_503"]);
    await submit("/faults/remove", {});
    expect(at((await context.control("GET", "faults")).json, "faults")).toEqual([]);
    expect((await submit("/faults/add", { kind: "slow", times: "many" })).status).toBe(400);
  });
});

describe("the state file", () => {
  test("restores codes, payments, the clock and the next retry from the state file", async () => {
    const stateFile = join(folder, "kept.json");
    const first = await setupTestContext({ stateFile });
    first.merchant.answer = () => ({ status: 500 });
    const [paid, open] = [alfaOrder(), alfaOrder()];
    const code = getCode(await first.post(ALFA, paid, { requestId: "kept" }));
    await first.post(ALFA, open);
    await first.control("POST", "till/pay?wait=1", { code });
    await first.control("POST", "clock", { forwardSeconds: 60 });
    const before = await first.control("GET", "state");
    await first.close();

    const second = await setupTestContext({ stateFile });
    const after = await second.control("GET", "state");
    for (const part of ["payments", "switches", "clock.offsetSeconds"]) {
      expect(at(after.json, part)).toEqual(at(before.json, part));
    }
    expect(at(after.json, "codes.length")).toBe(2);
    expect((await second.post(ALFA, paid, { requestId: "kept" })).status).toBe(409);
    expect(at((await second.control("POST", "till/pay", { code })).json, "because")).toBe("already_paid");
    await second.control("POST", "clock", { forwardSeconds: 1_800 });
    expect(at((await second.control("GET", "notifications")).json, "notifications.0.attempts.length")).toBe(
      2,
    );
    await second.close();
  });

  test("does not start with an unreadable state file", async () => {
    const stateFile = join(folder, "broken.json");
    writeFileSync(stateFile, "{");
    await expect(startSimulator({ stateFile })).rejects.toThrow();
  });
});

describe("the program", () => {
  test("prints that it is ready, and writes its state on SIGTERM", async () => {
    const stateFile = join(folder, "program.json");
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const environment = { ...process.env, SIMULATOR_PORT: "0", SIMULATOR_STATE_FILE: stateFile };
    const program = spawn(process.execPath, ["--import", "tsx", main], { env: environment });
    const [line] = await once(program.stdout, "data");
    const url = /^simulator ready on (http:\/\/\S+)\n$/.exec(String(line))?.[1];
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await fetch(`${url}/simulator/api/clock`, { method: "POST", body: '{"forwardSeconds":5}' });
    program.kill("SIGTERM");
    const [exit] = await once(program, "exit");
    expect(exit).toBe(0);
    expect(JSON.parse(readFileSync(stateFile, "utf8")).clockOffsetMs).toBe(5_000);
  });

  test("parses the environment with defaults, and names invalid variables", () => {
    expect(parseEnvironment({})).toMatchObject({ port: 4010, host: "127.0.0.1", dipcBins: ["889651"] });
    expect(parseEnvironment({ SIMULATOR_DIPC_BINS: "889651, 12345", SIMULATOR_STATE_FILE: "" })).toEqual(
      expect.objectContaining({ dipcBins: ["889651", "12345"] }),
    );
    expect(() => parseEnvironment({ SIMULATOR_PORT: "many" })).toThrow(/SIMULATOR_PORT/);
    expect(() => parseEnvironment({ SIMULATOR_NOTIFICATION_URL: "ftp://a" })).toThrow(
      /SIMULATOR_NOTIFICATION_URL/,
    );
  });
});
