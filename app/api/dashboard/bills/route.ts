import { setImmediate } from "node:timers/promises";
import { decodeBillFile } from "@/lib/operations/bills/decode-file";
import { importBills, type ImportBills } from "@/lib/operations/bills/import-bills";
import type { Progress } from "@/lib/operations/bills/save-bills";
import { isSameOrigin } from "@/lib/server/auth/auth-origin";
import { getDeps } from "@/lib/server/deps";
import { failureLevel, log } from "@/lib/server/log";
import { findStaffUser } from "@/lib/server/auth/session";
import { staffActor } from "@/lib/payment/attribution";
import { getSettings } from "@/lib/server/env/settings";

/** Well above a file of ten thousand bills with a policy each. */
const maxBytes = 8 * 1024 * 1024;

/** One line of the answer, as JSON: the progress so far, and in the last line the result. */
export type ImportLine = Progress | ImportBills | { outcome: "failed" };

/** Imports bills from a table in the body, CSV or XLSX, and streams the progress. */
export async function POST(request: Request): Promise<Response> {
  const merchant = isSameOrigin(request.headers, getSettings().appUrl) ? await findStaffUser() : undefined;
  if (!merchant) return refuseUpload(401);
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  // Browsers always send the length of a file.
  if (!(length <= maxBytes)) return refuseUpload(413);
  const file = decodeBillFile(new Uint8Array(await request.arrayBuffer()));
  const lines = new TransformStream<string, string>();
  void streamImport(lines.writable.getWriter(), { file, actor: staffActor(merchant.id) });
  return new Response(lines.readable.pipeThrough(new TextEncoderStream()), {
    headers: {
      "content-type": "application/x-ndjson",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
}

const refuseUpload = (status: number) =>
  new Response(null, { status, headers: { "cache-control": "no-store" } });

async function streamImport(
  writer: WritableStreamDefaultWriter<string>,
  file: Parameters<typeof importBills>[1],
): Promise<void> {
  // A client that closes the page stops reading; the bills are still saved.
  const write = (line: ImportLine) => void writer.write(`${JSON.stringify(line)}\n`).catch(() => undefined);
  const onProgress = async (progress: Progress) => {
    write(progress);
    // Lets other requests run, such as a till's inquiry.
    await setImmediate();
  };
  try {
    write(await importBills(await getDeps(), file, onProgress));
  } catch (error) {
    log(failureLevel(error), "import_failed", { error });
    write({ outcome: "failed" });
  }
  await writer.close().catch(() => undefined);
}
