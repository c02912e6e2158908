/** Until it holds, looked at often; the test's own time limit is the end of patience. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`still not so after ${withinMs} ms`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
