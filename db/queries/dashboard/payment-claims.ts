import { eq } from "drizzle-orm";
import type { Db } from "@/db/database";
import { paymentClaimPhotos } from "@/db/schema";
import { StaffUser } from "../staff";

/** A JPEG, for signed-in staff alone; undefined for a case without one. @param caseId a UUID */
export async function findClaimPhoto(
  db: Db,
  merchant: StaffUser,
  caseId: string,
): Promise<Uint8Array | undefined> {
  StaffUser.check(merchant);
  const [photo] = await db
    .select({ content: paymentClaimPhotos.content })
    .from(paymentClaimPhotos)
    .where(eq(paymentClaimPhotos.caseId, caseId));
  return photo?.content;
}
