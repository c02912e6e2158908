/** Waits until the condition holds. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`the condition does not hold after ${withinMs} ms`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
