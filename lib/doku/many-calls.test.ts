import { afterEach, describe, expect, test } from "vitest";
import { answerSigned, closeAll, dokuAnswering, pause, sample } from "@/test/doku-replies";

const { success } = sample;
afterEach(closeAll);

/** A busy machine may need longer than the ten seconds of a call. */
const patient = { totalTimeoutMs: 120_000 };

describe("concurrent calls", () => {
  test("each get their own answer, whatever the order of DOKU's answers", async () => {
    const { send } = await dokuAnswering((request, response) => {
      const id = String(request.headers["request-id"]);
      setTimeout(
        () => answerSigned([request, response], [200, JSON.stringify({ id })]),
        (Number(id) * 7) % 40,
      );
    }, patient);
    const ids = Array.from({ length: 60 }, (_, index) => String(index));
    const outcomes = await Promise.all(ids.map((id) => send(id)));
    expect(outcomes.map((outcome) => outcome.outcome === "answered" && outcome.body)).toEqual(
      ids.map((id) => ({ id })),
    );
  });

  test("are not affected by one that stalls and one that is cut off", async () => {
    const { send } = await dokuAnswering(
      (request, response) => {
        const id = request.headers["request-id"];
        if (id === "stall") return;
        if (id === "cut") return void request.socket.destroy();
        answerSigned([request, response], [200, success]);
      },
      { totalTimeoutMs: 3_000 },
    );
    const outcomes = await Promise.all(["a", "stall", "b", "cut", "c"].map((id) => send(id)));
    const words = outcomes.map((outcome) =>
      outcome.outcome === "unknown" ? outcome.because : outcome.outcome,
    );
    expect(words).toEqual(["answered", "timeout", "answered", "cut_off", "answered"]);
  });

  test("share at most the allowed connections, and reuse them", async () => {
    const sockets = new Set<unknown>();
    let open = 0;
    let most = 0;
    const { send } = await dokuAnswering(
      (request, response) => {
        sockets.add(request.socket);
        most = Math.max(most, (open += 1));
        setTimeout(() => {
          open -= 1;
          answerSigned([request, response], [200, success]);
        }, 10);
      },
      { ...patient, maxSockets: 3 },
    );
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => send(String(index))));
    expect(outcomes.every(({ outcome }) => outcome === "answered")).toBe(true);
    expect([most, sockets.size]).toEqual([3, 3]);
  });

  test("reuse the connections of earlier calls", async () => {
    const sockets = new Set<unknown>();
    const { send } = await dokuAnswering((request, response) => {
      sockets.add(request.socket);
      answerSigned([request, response], [200, success]);
    });
    for (let id = 0; id < 10; id++) expect(await send(String(id))).toMatchObject({ outcome: "answered" });
    expect(sockets.size).toBeLessThan(5);
  });

  test("are not sent later when they waited too long for a connection", async () => {
    const arrivals: number[] = [];
    const { send } = await dokuAnswering(() => void arrivals.push(Date.now()), {
      maxSockets: 1,
      totalTimeoutMs: 150,
    });
    const outcomes = await Promise.all(Array.from({ length: 5 }, (_, index) => send(String(index))));
    expect(outcomes.every((one) => "because" in one && one.because === "timeout")).toBe(true);
    const over = Date.now();
    await pause(2000);
    // The first gives its connection free at the end of its time, when the others may have a moment left.
    expect(arrivals.filter((at) => at > over + 100)).toEqual([]);
  });
});
