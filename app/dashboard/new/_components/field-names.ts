/** The fields of the form in the order of the page, without the shares. */
export const fixedFields = [
  "channel",
  "codeKind",
  "amount",
  "description",
  "code",
  "lasts",
  "lastsUnit",
  "reusable",
  "name",
  "email",
  "phone",
  "info",
  "receiptDescription",
  "footer1",
  "footer2",
  "footer3",
  "policyType",
  "policyNumber",
  "policyAccountName",
  "policyStatus",
  "billDueDate",
] as const;

/** The lines of shares; DOKU accepts no more. */
export const shareLines = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] as const;
export type ShareLine = (typeof shareLines)[number];

/** The fields of one line of shares. */
export const getShareFields = (line: ShareLine) =>
  ({ account: `shareAccount${line}`, type: `shareType${line}`, value: `shareValue${line}` }) as const;

/** `shares` stands for all lines together. */
export type FieldName =
  (typeof fixedFields)[number] | "shares" | `share${"Account" | "Type" | "Value"}${ShareLine}`;
export type FormValues = { [Name in FieldName | "key"]?: string | undefined };

/** The footer lines of a receipt; a channel may print only the first ones. */
export const footerFields = ["footer1", "footer2", "footer3"] as const;
export type FooterField = (typeof footerFields)[number];

export const policyFields = [
  "policyType",
  "policyNumber",
  "policyAccountName",
  "policyStatus",
  "billDueDate",
] as const;

/** Every name that the form posts. */
export const postedNames: readonly string[] = [
  "key",
  ...fixedFields,
  ...shareLines.flatMap((line) => Object.values(getShareFields(line))),
];
