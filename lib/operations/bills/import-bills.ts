import { channels } from "@/lib/channels/registry";
import type { Actor } from "@/lib/payment/attribution";
import { parseBillFile } from "./bill-file";
import type { ParseBillFile } from "./bill-file";
import type { FileFault } from "./bill-table";
import type { BillFile } from "./decode-file";
import type { Deps } from "../deps";
import { getFeatures, getMerchantCodeRules } from "../payments/new-payment";
import { assignCodes, isCodeTaken, saveBills } from "./save-bills";
import type { OnProgress } from "./save-bills";

export type ImportBills =
  | { outcome: "imported"; count: number }
  | { outcome: "wrong_file"; fault: FileFault }
  /** Nothing was saved: a file is imported whole or not at all. */
  | Extract<ParseBillFile, { outcome: "wrong_rows" }>
  /** A code was taken while the file was being saved. Nothing was saved; the same file may be sent again. */
  | { outcome: "try_again" }
  | { outcome: "switched_off" };

/** Imports bills for direct inquiry from a table, in one transaction. */
export async function importBills(
  deps: Deps,
  { file, actor }: { file: BillFile; actor: Actor },
  onProgress: OnProgress = () => undefined,
): Promise<ImportBills> {
  const channel = channels.find((one) => getFeatures(deps, one).codeKinds.includes("dipc"));
  if (!channel) return { outcome: "switched_off" };
  const code = getMerchantCodeRules(deps.settings, channel);
  if (!code.isOn) return { outcome: "switched_off" };
  const read = await parseBillFile(file, { code, now: deps.now() });
  if (read.outcome !== "read") return read;
  const coded = await assignCodes(deps, read.bills, channel);
  if (Array.isArray(coded)) return { outcome: "wrong_rows", faults: coded };
  await onProgress({ saved: 0, of: coded.bills.length });
  try {
    await saveBills(deps, {
      ...{ channel, bills: coded.bills, actor, reason: "import", onProgress },
      toCheckoutKey: () => `import:${deps.newId()}`,
    });
    return { outcome: "imported", count: coded.bills.length };
  } catch (error) {
    if (isCodeTaken(error)) return { outcome: "try_again" };
    throw error;
  }
}
