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
