import { verifyMessage } from "../../lib/doku/envelope";
import type { DokuKeys } from "../../lib/doku/keys";
import { reportStatuses, paymentIdentity, parseTransactionReport } from "../../lib/doku/transaction-report";
import type { TransactionReport } from "../../lib/doku/transaction-report";
import { pause } from "../../test/harness/processes";
import type { Scenario } from "../scenario";
import { createMessage, secret, target } from "../tools/messages";
import type { NotifiedPayment, TestMessage } from "../tools/messages";
import { isSame, mutate, mutationCount } from "../tools/mutants";
import type { Mutant } from "../tools/mutants";
import type { Random } from "../tools/random";

const keys: DokuKeys = { clientId: "MCH-0001-10791114622547", current: secret, previous: undefined };
const rotatedKeys: DokuKeys = { ...keys, current: "SK-another", previous: secret };

/** Mutants of valid messages, given to the functions that verify and parse: none accepted, nothing thrown. */
export const badInputs: Scenario<{ mutants: number }> = async ({ mutants, random }) => {
  const refused: string[] = [];
  const accepted: string[] = [];
  const thrown: string[] = [];
  const kinds = new Set<string>();
  let tried = 0;
  while (tried < mutants) {
    const message = createMessage(toPayment(tried));
    if (verify(message, keys).outcome !== "verified") refused.push("a valid message was refused");
    for (let copy = 0; copy < 200 && tried < mutants; copy++) {
      const mutant = mutate(message, random);
      if (isSame(mutant, message)) continue;
      tried++;
      kinds.add(mutant.how);
      tryMutant(mutant, { accepted, thrown, random });
    }
    // Lets signals be handled.
    await pause(0);
  }
  return {
    what: "bad inputs, function level",
    howMany: `${tried}, of ${kinds.size} of ${mutationCount} kinds`,
    lost: 0,
    twice: 0,
    wrong: accepted.length + thrown.length + refused.length,
    problems: [...refused, ...accepted.slice(0, 3), ...thrown.slice(0, 3)],
    note: `${accepted.length} accepted, ${thrown.length} threw`,
  };
};

const toPayment = (serial: number): NotifiedPayment => ({
  invoice: `TORTURE-${serial}`,
  code: "6059000000000205",
  amount: 150_000,
  serial,
});

function verify({ headers, body }: Mutant | TestMessage, known: DokuKeys) {
  const findHeader = (name: string) => headers[name.toLowerCase()];
  return verifyMessage({ headers: findHeader, rawBody: Buffer.from(body), target, keys: known });
}

type Found = { accepted: string[]; thrown: string[]; random: Random };

function tryMutant(mutant: Mutant, { accepted, thrown, random }: Found): void {
  try {
    const known = random.chance(0.5) ? keys : rotatedKeys;
    if (verify(mutant, known).outcome === "verified") accepted.push(`accepted: ${mutant.how}`);
    // DOKU decides what a signed message contains: the parser must cope with anything.
    const reading = parseTransactionReport(mutant.body);
    if (reading.outcome === "read" && !isSound(reading.report))
      accepted.push(`read unsoundly: ${mutant.how}`);
  } catch (error) {
    thrown.push(`threw: ${mutant.how}: ${String(error)}`);
  }
}

function isSound(report: TransactionReport): boolean {
  const { amount, status, date, invoiceNumber, identifiers } = report;
  const isAmount = amount === undefined || (Number.isSafeInteger(amount) && amount > 0);
  const isDate = date === undefined || (date instanceof Date && !Number.isNaN(date.getTime()));
  const isShort = invoiceNumber.length <= 256 && identifiers.length <= 50;
  return (
    isAmount && isDate && isShort && reportStatuses.includes(status) && paymentIdentity(report).length === 64
  );
}
