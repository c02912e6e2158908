import { z } from "zod";
import { parseRupiah } from "@/lib/payment/rupiah";

/** An amount as a person types it. */
export const RupiahText = z
  .string()
  .trim()
  .transform((typed, context) => {
    const amount = parseRupiah(typed);
    if (amount !== undefined) return amount;
    context.issues.push({ code: "custom", message: "no amount", input: typed });
    return z.NEVER;
  });
