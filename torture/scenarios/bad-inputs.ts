import { verifyMessage } from "../../lib/doku/envelope";
import { reportStatuses, paymentIdentity, parseTransactionReport } from "../../lib/doku/transaction-report";
import { pause } from "../../test/harness/processes";
import { kindsOfMutants, isSame, mutantOf } from "../tools/mutants";
import { messageOf, secret, target } from "../tools/messages";

const keys = { clientId: "MCH-0001-10791114622547", current: secret, previous: undefined };
const previous = { ...keys, current: "SK-another", previous: secret };

/** Mutants of valid messages, given straight to the functions that verify and read: none taken, nothing thrown. */
export async function badInputs({ mutants, random }) {
  const words = [];
  const [accepted, thrown, kinds] = [[], [], new Set()];
  let tried = 0;
  while (tried < mutants) {
    const message = messageOf(paymentOf(tried));
    if (verify(message, keys).outcome !== "verified") words.push("a valid message was refused");
    for (let copy = 0; copy < 200 && tried < mutants; copy++) {
      const mutant = mutantOf(message, random);
      if (isSame(mutant, message)) continue;
      tried++;
      kinds.add(mutant.how);
      tryOne(mutant, { accepted, thrown, random });
    }
    // So that Ctrl-C is heard.
    await pause(0);
  }
  return {
    what: "bad inputs, function level",
    howMany: `${tried}, of ${kinds.size} of ${kindsOfMutants} kinds`,
    lost: 0,
    twice: 0,
    wrong: accepted.length + thrown.length + words.length,
    words: [...words, ...accepted.slice(0, 3), ...thrown.slice(0, 3)],
    note: `${accepted.length} accepted, ${thrown.length} threw`,
  };
}

const paymentOf = (serial) => ({
  invoice: `TORTURE-${serial}`,
  code: "6059000000000205",
  amount: 150_000,
  serial,
});

function verify({ headers, body }, known) {
  const reader = (name) => headers[name.toLowerCase()];
  return verifyMessage({ headers: reader, rawBody: Buffer.from(body), target, keys: known });
}

function tryOne(mutant, { accepted, thrown, random }) {
  try {
    const known = random.chance(0.5) ? keys : previous;
    if (verify(mutant, known).outcome === "verified") accepted.push(`accepted: ${mutant.how}`);
    // What a signed message may hold is DOKU's affair: reading must cope with all of it.
    const reading = parseTransactionReport(mutant.body);
    if (reading.outcome === "read" && !isSound(reading.notice))
      accepted.push(`read unsoundly: ${mutant.how}`);
  } catch (error) {
    thrown.push(`threw: ${mutant.how}: ${error}`);
  }
}

function isSound(notice) {
  const { amount, status, date, invoiceNumber, identifiers } = notice;
  const isAmount = amount === undefined || (Number.isSafeInteger(amount) && amount > 0);
  const isDate = date instanceof Date && !Number.isNaN(date.getTime());
  const isShort = invoiceNumber.length <= 256 && identifiers.length <= 50;
  return (
    isAmount && isDate && isShort && reportStatuses.includes(status) && paymentIdentity(notice).length === 64
  );
}
