import type { ImportBills } from "@/lib/operations/bills/import-bills";
import type { Progress } from "@/lib/operations/bills/save-bills";
import type { ImportLine } from "@/app/api/dashboard/bills/route";

/** The result of an import: the server's, or why there is none. */
export type ImportOutcome =
  | ImportBills
  | { outcome: "failed" }
  /** The connection broke before the result: the list shows whether the bills were saved. */
  | { outcome: "not_sent" }
  | { outcome: "signed_out" | "too_large" };

/** Sends a file, and reports the progress that the server streams line by line. */
export async function sendFile(file: File, onProgress: (progress: Progress) => void): Promise<ImportOutcome> {
  try {
    const response = await fetch("/api/dashboard/bills", {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
    if (response.status === 413) return { outcome: "too_large" };
    if (!response.ok || !response.body) return { outcome: response.status === 401 ? "signed_out" : "failed" };
    for await (const line of parseLines(response.body)) {
      if ("outcome" in line) return line;
      onProgress(line);
    }
  } catch {
    // The connection broke. What the server has saved is in the list.
  }
  return { outcome: "not_sent" };
}

async function* parseLines(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportLine> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}
