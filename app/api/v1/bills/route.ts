import { BillListQuery, BillsRequest } from "@/lib/api/requests";
import { apiGet, apiPost } from "@/lib/server/api/api-route";
import { getBills, postBills } from "@/lib/server/api/code-calls";

/** Ten thousand bills with all their members. */
const limitBytes = 8 * 1024 * 1024;

export const GET = apiGet({ scope: "codes:read", schema: BillListQuery, handle: getBills });
export const POST = apiPost({
  ...{ scope: "codes:write", limitBytes, linesAs: "bills" },
  schema: BillsRequest,
  handle: postBills,
});
