import { findPaymentLink, savePicture, updatePaymentLink } from "@/db/queries/payment-links";
import { detectPictureType, mostPictureBytes } from "@/lib/payment/picture";
import type { Deps } from "../deps";

export type SaveLinkPicture = { outcome: "saved" | "too_large" | "no_picture" | "not_found" };

/** Replaces the picture of a link. What it is, its bytes say. */
export async function saveLinkPicture(
  deps: Pick<Deps, "db" | "now">,
  id: string,
  content: Uint8Array,
): Promise<SaveLinkPicture> {
  if (content.byteLength > mostPictureBytes) return { outcome: "too_large" };
  const type = detectPictureType(content);
  if (!type) return { outcome: "no_picture" };
  const now = deps.now();
  const saved = await deps.db.transaction(async (tx) => {
    if (!(await findPaymentLink(tx, { id }))) return false;
    await savePicture(tx, id, { type, content });
    return (await updatePaymentLink(tx, id, { picturedAt: now, updatedAt: now })) !== undefined;
  });
  return { outcome: saved ? "saved" : "not_found" };
}

/** The link shows none from now on. The bytes stay until another picture replaces them. */
export async function removeLinkPicture(deps: Pick<Deps, "db" | "now">, id: string): Promise<void> {
  await updatePaymentLink(deps.db, id, { picturedAt: null, updatedAt: deps.now() });
}
