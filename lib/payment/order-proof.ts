import { maskName } from "./masked-name";

/** What someone with the link has to know before they may end the code of an order. */
export type ProofQuestion = "phone" | "name";

type Customer = { customerName: string | null; customerPhone: string | null };

/** A name of which the page hides fewer letters can be read off it, or guessed with few answers. */
const minHiddenLetters = 3;

/** The last four digits of the phone number, else the name; undefined for an order that has nothing to ask for. */
export function toProofQuestion({ customerName, customerPhone }: Customer): ProofQuestion | undefined {
  if (customerPhone) return "phone";
  const name = customerName ?? "";
  const hiddenLetters = toComparable(name).length - toComparable(maskName(name)).length;
  return hiddenLetters >= minHiddenLetters ? "name" : undefined;
}

/** Capitals, accents, blanks and signs make no difference in a name. */
export function isRightProof(customer: Customer, answer: string): boolean {
  switch (toProofQuestion(customer)) {
    case "phone":
      return /^\d{4}$/.test(answer.trim()) && customer.customerPhone?.endsWith(answer.trim()) === true;
    case "name":
      return toComparable(answer) === toComparable(customer.customerName ?? "");
    case undefined:
      return false;
  }
}

const toComparable = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
