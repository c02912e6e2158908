import "server-only";

/** A token bucket: true while there is room, refilled steadily. Per process; several processes allow their sum. */
export function bucket({ most, perMinute }: { most: number; perMinute: number }): () => boolean {
  let tokens = most;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(most, tokens + ((now - filledAt) / 60_000) * perMinute);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
