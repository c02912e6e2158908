import { z } from "zod";
import type { DokuRequest } from "@/lib/doku/client";

const RequestBody = z.object({
  order: z.object({ invoice_number: z.string(), amount: z.number() }),
  online_to_offline_info: z
    .object({ expired_time: z.number(), reusable_status: z.boolean(), status: z.string().optional() })
    .optional(),
  peer_to_peer_info: z.object({ expired_time: z.number(), merchant_unique_reference: z.string() }).optional(),
});

/** Parses a create or change request as DOKU would. @throws on anything that DOKU would not understand */
export function parseDokuRequest({ body, path }: Pick<DokuRequest, "body" | "path">) {
  const {
    order,
    online_to_offline_info: code,
    peer_to_peer_info: page,
  } = RequestBody.parse(JSON.parse(Buffer.from(body).toString("utf8")));
  return {
    path,
    invoice: order.invoice_number,
    amount: order.amount,
    minutes: code?.expired_time ?? page?.expired_time ?? 60,
    reusable: code?.reusable_status ?? false,
    reference: page?.merchant_unique_reference ?? "",
    isPage: page !== undefined,
    isDelete: code?.status === "DELETE",
  };
}
