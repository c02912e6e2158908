import type { HeaderReader } from "@/lib/doku/envelope";

const storedNames = [
  "Client-Id",
  "Request-Id",
  "Request-Timestamp",
  "Signature",
  "Content-Type",
  "User-Agent",
];

/** The headers of DOKU's message that are stored, for the merchant to see. */
export const toStoredHeaders = (headers: HeaderReader): Record<string, string> =>
  Object.fromEntries(
    storedNames.flatMap((name) => {
      const text = toStoredText(headers(name));
      return text === undefined ? [] : [[name, text]];
    }),
  );

/** At most 256 printable ASCII characters: PostgreSQL's text cannot hold every byte. */
export const toStoredText = (value: string | undefined): string | undefined =>
  value?.slice(0, 256).replace(/[^\x20-\x7e]/g, "?");
