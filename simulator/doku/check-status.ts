import { wireIds } from "../core/channels";
import type { Subject } from "../core/faults";
import { renderJson } from "../core/json";
import type { Bill, CodeBill, IndodanaBill, Payment } from "../core/state";
import { utcSeconds, wibCompact } from "../core/wib-time";
import { isTimeUp, nowOf, paymentsOf, subjectOf, takeFault, type World } from "../core/world";
import { storeIdentifiers } from "../notifications/content";
import { type Answer, type Outcome, pause, type Received } from "../wire/http";
import { internalError, notFound } from "./refusal";
import { refuseUnsigned, sealAnswer } from "./signed-call";

type Standing = { status: string; date: string };

function findBill(world: World, key: string): Bill | undefined {
  const byInvoice = world.state.bills.get(key);
  if (byInvoice || !world.state.switches.status_by_request_id) return byInvoice;
  const byRequest = world.state.bills.get(world.state.requests.get(key)?.invoice ?? "");
  return byRequest?.requestId === key ? byRequest : undefined;
}

function unpaidStanding(world: World, bill: Bill): Standing {
  const { expire_job_delay_seconds, status_of_deleted } = world.state.switches;
  if (bill.kind === "code" && bill.state === "DELETED")
    return { status: status_of_deleted, date: bill.createdAt };
  if (bill.kind === "indodana" && bill.state === "FAILED") {
    return { status: "FAILED", date: bill.failedAt ?? bill.createdAt };
  }
  return isTimeUp(world, bill, expire_job_delay_seconds)
    ? { status: "EXPIRED", date: bill.expiresAt }
    : { status: "PENDING", date: bill.createdAt };
}

/** Money first: a payment outranks whatever the code's own state or the clock says (protocol 9). */
function standingOf(world: World, bill: Bill, paid: Payment | undefined): Standing {
  if (!paid) return unpaidStanding(world, bill);
  return { status: paid.state === "refunded" ? "REFUNDED" : "SUCCESS", date: paid.date };
}

function codePart(world: World, bill: CodeBill, paid: Payment | undefined) {
  const identifiers = paid ? storeIdentifiers(world, bill.channel, paid.identifiers) : {};
  return {
    online_to_offline_info: {
      payment_code: bill.code,
      created_date: wibCompact(new Date(bill.createdAt)),
      expired_date: wibCompact(new Date(bill.expiresAt)),
      // A string in DOKU's own sample (protocol 9).
      reusable_status: String(bill.reusable),
    },
    ...(paid ? { online_to_offline_payment: identifiers } : {}),
  };
}

function indodanaPart(bill: IndodanaBill) {
  return {
    peer_to_peer_info: {
      created_date: wibCompact(new Date(bill.createdAt)),
      expired_date: wibCompact(new Date(bill.expiresAt)),
      merchant_unique_reference: bill.reference,
      identifier: [{ name: "INDODANA_ORDER_ID", value: bill.invoice }],
    },
    payment: { merchant_unique_reference: bill.reference },
  };
}

function statusBody(world: World, bill: Bill, standing: Standing, paid: Payment | undefined) {
  const ids = wireIds[bill.channel];
  const byInvoice = world.state.switches.status_original_request_id === "invoice_number";
  return {
    order: { invoice_number: bill.invoice, amount: paid?.amount ?? bill.amount },
    transaction: {
      status: standing.status,
      date: utcSeconds(new Date(standing.date)),
      original_request_id: byInvoice ? bill.invoice : bill.requestId,
    },
    service: { id: ids.service },
    acquirer: { id: ids.acquirer },
    channel: { id: ids.channel },
    ...(bill.kind === "code" ? codePart(world, bill, paid) : indodanaPart(bill)),
  };
}

function isTooFresh(world: World, bill: Bill): boolean {
  const ageMs = nowOf(world).getTime() - Date.parse(bill.createdAt);
  return ageMs < world.state.switches.status_fresh_404_seconds * 1000;
}

/** GET /orders/v1/status/{invoice number or Request-Id} (protocol 9). */
export async function answerStatusCheck(world: World, call: Received, key: string): Promise<Outcome> {
  const refused = refuseUnsigned(world, call);
  if (refused) return sealAnswer(world, call, refused);
  const bill = findBill(world, key);
  const subject: Subject = bill ? subjectOf(bill) : { invoice: key, customer: "", channel: "" };
  const slow = takeFault(world, "status_slow", subject);
  if (slow) await pause(slow.ms ?? 3_000);
  if (takeFault(world, "status_500", subject)) return sealAnswer(world, call, internalError());
  if (!bill || isTooFresh(world, bill) || takeFault(world, "status_404", subject)) {
    return sealAnswer(world, call, notFound());
  }
  const paid = paymentsOf(world, bill.invoice).at(-1);
  const standing = standingOf(world, bill, paid);
  if (standing.status === "not_found") return sealAnswer(world, call, notFound());
  const body = renderJson(statusBody(world, bill, standing, paid), {
    amounts: world.state.switches.status_amount,
  });
  const wrong = takeFault(world, "status_bad_signature", subject);
  const answer: Answer = { kind: "answer", status: 200, body, contentType: "application/json" };
  return sealAnswer(world, call, answer, wrong ? "wrong" : "right");
}
