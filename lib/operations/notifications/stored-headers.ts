import type { HeaderReader } from "@/lib/doku/envelope";

const kept = ["Client-Id", "Request-Id", "Request-Timestamp", "Signature", "Content-Type", "User-Agent"];

/** The headers of a message of DOKU's that the merchant may want to see. */
export const keptHeaders = (headers: HeaderReader): Record<string, string> =>
  Object.fromEntries(
    kept.flatMap((name) => {
      const text = keptText(headers(name));
      return text === undefined ? [] : [[name, text]];
    }),
  );

/** Short, and without what PostgreSQL's text cannot hold. */
export const keptText = (value: string | undefined): string | undefined =>
  value?.slice(0, 256).replace(/[^\x20-\x7e]/g, "?");
