import { describe, expect, test } from "vitest";
import { withBreaker } from "./breaker";
import type { DokuOutcome } from "./outcome";

const down: DokuOutcome = {
  outcome: "unknown",
  because: "timeout",
  httpStatus: undefined,
  error: undefined,
  text: "",
};
const up: DokuOutcome = { outcome: "answered", httpStatus: 200, body: {}, text: "" };

function aLine() {
  let now = 0;
  let sent = 0;
  let answer = down;
  const client = {
    send: async () => {
      sent += 1;
      return answer;
    },
    checkStatus: async () => ({ outcome: "not_found", text: "" }) as const,
    close: () => undefined,
  };
  const breaker = withBreaker(client, () => new Date(now));
  const ask = (path = "/alfa") =>
    breaker.send({ method: "POST", path, body: new Uint8Array(), requestId: "r" });
  return {
    ask,
    askTimes: async (times: number) => {
      for (let at = 0; at < times; at += 1) await ask();
    },
    isOpen: (path = "/alfa") => breaker.isOpen(path),
    sent: () => sent,
    pass: (ms: number) => void (now += ms),
    answer: (outcome: DokuOutcome) => void (answer = outcome),
  };
}

describe("withBreaker", () => {
  test("opens the circuit of a path after five unknown outcomes in 30 seconds, but not those of other paths", async () => {
    const line = aLine();
    await line.askTimes(4);
    expect(line.isOpen()).toBe(false);
    await line.askTimes(5);
    expect([line.sent(), line.isOpen(), line.isOpen("/indomaret")]).toEqual([5, true, false]);
    expect(await line.ask()).toMatchObject({ outcome: "unknown", because: "left_alone" });
    await line.ask("/indomaret");
    expect(line.sent()).toBe(6);
  });

  test("keeps the circuit closed when failures are far apart", async () => {
    const line = aLine();
    for (let at = 0; at < 20; at += 1) {
      await line.ask();
      line.pass(8000);
    }
    expect(line.sent()).toBe(20);
  });

  test("lets one request through after a rest, and opens the circuit again when it fails", async () => {
    const line = aLine();
    await line.askTimes(5);
    line.pass(15_001);
    await Promise.all([line.ask(), line.ask(), line.ask()]);
    expect([line.sent(), line.isOpen()]).toEqual([6, true]);
  });

  test("closes the circuit on any answer, a refusal included", async () => {
    const line = aLine();
    await line.askTimes(5);
    line.pass(15_001);
    line.answer({
      outcome: "refused",
      httpStatus: 400,
      error: { code: undefined, message: undefined, type: undefined },
      text: "",
    });
    await line.ask();
    expect(line.isOpen()).toBe(false);
    line.answer(up);
    await line.askTimes(3);
    expect(line.sent()).toBe(9);
  });

  test("calls a path slow for one more minute while no request has been tried", async () => {
    const line = aLine();
    await line.askTimes(5);
    line.pass(60_000);
    expect(line.isOpen()).toBe(true);
    line.pass(15_001);
    expect(line.isOpen()).toBe(false);
  });

  test("does not count an answer that is only unusable", async () => {
    const line = aLine();
    line.answer({ outcome: "unknown", because: "conflict", httpStatus: 409, error: undefined, text: "" });
    await line.askTimes(12);
    expect(line.sent()).toBe(12);
  });
});
