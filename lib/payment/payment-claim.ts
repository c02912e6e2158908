/**
 * Bounds of what a shopper sends who says that they have paid: characters of the texts, bytes of the file, pixels of the photo
 * as it is kept, and how many claims an order may have in all.
 */
export const claimLimits = {
  receiptNumber: 64,
  note: 500,
  photoBytes: 5 * 1024 * 1024,
  photoPx: 2000,
  perOrder: 3,
} as const;

/** How many days a photo is kept once its case was closed: as long as there may be questions about it. */
export const photoLifeDays = 90;

/** @param closedAt of the claim's case; null while it is open */
export const isPhotoKept = (closedAt: Date | null, now: Date): boolean =>
  closedAt === null || closedAt >= toPhotoLimit(now);

/** Photos of cases that were closed before it are deleted. */
export const toPhotoLimit = (now: Date): Date => new Date(now.getTime() - photoLifeDays * 86_400_000);

/** What the page says when a claim could not be taken: a key of the catalogue's `claim.problems`. */
export const claimProblems = [
  "empty",
  "no_picture",
  "too_large",
  "wait",
  "busy",
  "too_many",
  "failed",
] as const;
export type ClaimProblem = (typeof claimProblems)[number];
