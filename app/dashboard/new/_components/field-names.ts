/** The fields of the form, in the order of the page, but for the shares. */
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

/** As many as DOKU is sent at most. */
export const mostShares = 20;

/** The fields of one line of shares, from 1. `shares`: all lines together. */
export const shareFields = (line: number) =>
  ({ account: `shareAccount${line}`, type: `shareType${line}`, value: `shareValue${line}` }) as const;

export type FieldName =
  (typeof fixedFields)[number] | "shares" | `share${"Account" | "Type" | "Value"}${number}`;
export type FormValues = Partial<Record<FieldName | "key", string>>;

/** The lines of a receipt's foot; a channel prints the first few of them. */
export const footerFields = ["footer1", "footer2", "footer3"] as const;
export type FooterField = (typeof footerFields)[number];

export const policyFields = [
  "policyType",
  "policyNumber",
  "policyAccountName",
  "policyStatus",
  "billDueDate",
] as const;

export const shareLines = Array.from({ length: mostShares }, (_, at) => at + 1);

const allNames: readonly string[] = [
  "key",
  ...fixedFields,
  ...shareLines.flatMap((line) => Object.values(shareFields(line))),
];

/** What was typed, so that it stays in the form. */
export const valuesOf = (form: FormData): FormValues =>
  Object.fromEntries(
    allNames.flatMap((name) => {
      const value = form.get(name);
      return typeof value === "string" ? [[name, value.slice(0, 500)]] : [];
    }),
  );
