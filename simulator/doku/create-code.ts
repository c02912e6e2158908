import type { StoreChannel } from "../core/channels";
import { stores } from "../core/channels";
import type { CodeBill } from "../core/state";
import { after, utcSeconds, wholeSecond, wibCompact } from "../core/wib-time";
import { codeState, findCode, newCode, newToken, nowOf, type World } from "../core/world";
import { type Answer, jsonAnswer } from "../wire/http";
import { badOverride, decideOverride, refuseAmount, refuseKnownInvoice } from "./create-rules";
import { AlfaCreate, describeFault, IndomaretCreate, unknownField } from "./fields";
import { invalidJson, invalidParameter } from "./refusal";

const MINUTE_MS = 60_000;
const DEFAULT_EXPIRY_MINUTES = 60;

export type CreateCall = { requestId: string; body: unknown; expiresInSeconds: number | undefined };
/** Which O2O address was called: Alfa's MGPC address demands a code, its DGPC address may carry one (protocol 4.3). */
export type CodeAddress = { channel: StoreChannel; merchantCode: boolean };

type Wanted = { fields: AlfaCreate; description: string; footer: string };

function readAlfa(body: unknown): Wanted | string {
  const parsed = AlfaCreate.safeParse(body);
  if (!parsed.success) return describeFault(parsed.error, body);
  return {
    fields: parsed.data,
    description: "",
    footer: parsed.data.alfa_info?.receipt?.footer_message ?? "",
  };
}

function readIndomaret(world: World, body: unknown): Wanted | string {
  const parsed = IndomaretCreate.safeParse(body);
  if (!parsed.success) return describeFault(parsed.error, body);
  const receipt = parsed.data.indomaret_info?.receipt;
  const { indomaret_description_mandatory, indomaret_settlement_refused } = world.state.switches;
  if (indomaret_description_mandatory && !receipt?.description) {
    return "indomaret_info.receipt.description is mandatory";
  }
  if (indomaret_settlement_refused && parsed.data.additional_info?.settlement) {
    return "additional_info.settlement is invalid";
  }
  return {
    fields: parsed.data,
    description: receipt?.description ?? "",
    footer: receipt?.footer_message ?? "",
  };
}

/** A merchant's own code (MGPC): BIN, length, and not active for another invoice (protocol 4.3). */
function refuseMerchantCode(world: World, code: string | undefined): Answer | undefined {
  if (code === undefined) return invalidParameter("online_to_offline_info.payment_code is mandatory");
  if (!world.settings.mgpcBins.some((bin) => code.startsWith(bin))) {
    return invalidParameter("online_to_offline_info.payment_code has an unknown BIN");
  }
  const holder = findCode(world, code);
  const taken = holder !== undefined && codeState(world, holder) === "ACTIVE";
  return taken ? invalidParameter("online_to_offline_info.payment_code is already active") : undefined;
}

function newBill(world: World, address: CodeAddress, wanted: Wanted, call: CreateCall): CodeBill {
  const { fields } = wanted;
  const info = fields.online_to_offline_info;
  const now = wholeSecond(nowOf(world));
  const minutes = info.expired_time ?? DEFAULT_EXPIRY_MINUTES;
  const lifeMs = call.expiresInSeconds === undefined ? minutes * MINUTE_MS : call.expiresInSeconds * 1000;
  const override = decideOverride(world, fields.additional_info?.override_notification_url);
  return {
    kind: "code",
    channel: address.channel,
    feature: info.payment_code === undefined ? "DGPC" : "MGPC",
    invoice: fields.order.invoice_number,
    code: info.payment_code ?? newCode(world, stores[address.channel].bin),
    amount: fields.order.amount,
    state: "ACTIVE",
    reusable: info.reusable_status ?? false,
    customerName: fields.customer.name,
    customerEmail: fields.customer.email ?? "",
    // The official plugins send info1 to info3 in place of info (protocol 13, row 2).
    info: info.info ?? [info.info1, info.info2, info.info3].filter(Boolean).join(" "),
    description: wanted.description,
    footer: wanted.footer,
    additionalInfo: fields.additional_info ?? null,
    overrideUrl: override.outcome === "use" ? override.url : null,
    requestId: call.requestId,
    createdAt: now.toISOString(),
    expiresAt: after(now, lifeMs).toISOString(),
    token: newToken(),
  };
}

export function codeDates(world: World, bill: { createdAt: string; expiresAt: string }) {
  const [created, expired] = [new Date(bill.createdAt), new Date(bill.expiresAt)];
  const wib = { created_date: wibCompact(created), expired_date: wibCompact(expired) };
  const utc = { created_date_utc: utcSeconds(created), expired_date_utc: utcSeconds(expired) };
  const { code_dates } = world.state.switches;
  return {
    ...(code_dates === "both" || code_dates === "wib_only" ? wib : {}),
    ...(code_dates === "both" || code_dates === "utc_only" ? utc : {}),
  };
}

/** The override is echoed by every create answer but MGPC's (protocol 4.3). */
export function overrideEcho(world: World, url: string | null) {
  return url === null || !world.state.switches.override_echo
    ? {}
    : { additional_info: { override_notification_url: url } };
}

function createAnswer(world: World, bill: CodeBill): Answer {
  const base = world.settings.publicUrl;
  const slug = stores[bill.channel].slug;
  const links = {
    how_to_pay_page: `${base}/how-to-pay/v2/${slug}/${bill.code}/${bill.token}`,
    how_to_pay_api: `${base}/${slug}/v2/how-to-pay-api/${bill.code}/${bill.token}`,
  };
  return jsonAnswer(200, {
    order: { invoice_number: bill.invoice },
    online_to_offline_info: {
      payment_code: bill.code,
      ...codeDates(world, bill),
      ...(world.state.switches.how_to_pay_links ? links : {}),
    },
    ...(bill.feature === "MGPC" ? {} : overrideEcho(world, bill.overrideUrl)),
  });
}

function refuseByRules(
  world: World,
  address: CodeAddress,
  wanted: Wanted,
  body: unknown,
): Answer | undefined {
  const { fields } = wanted;
  const info = fields.online_to_offline_info;
  if (world.state.switches.reusable_status_mandatory && info.reusable_status === undefined) {
    return invalidParameter("online_to_offline_info.reusable_status is mandatory");
  }
  if (world.state.switches.refuse_unknown_fields) {
    const schema = address.channel === "alfa" ? AlfaCreate : IndomaretCreate;
    const stray = unknownField(body, schema.parse(body));
    if (stray) return invalidJson();
  }
  const override = decideOverride(world, fields.additional_info?.override_notification_url);
  if (override.outcome === "refuse") return badOverride();
  return refuseAmount(world, fields.order.amount) ?? refuseKnownInvoice(world, fields.order.invoice_number);
}

/** DGPC and MGPC at Alfa, and Indomaret's one flow (protocol 4.2, 4.3, 5). */
export function createCode(world: World, address: CodeAddress, call: CreateCall): Answer {
  const wanted = address.channel === "alfa" ? readAlfa(call.body) : readIndomaret(world, call.body);
  if (typeof wanted === "string") return invalidParameter(wanted);
  const merchantCode = wanted.fields.online_to_offline_info.payment_code;
  const refused =
    refuseByRules(world, address, wanted, call.body) ??
    (address.merchantCode || merchantCode !== undefined
      ? refuseMerchantCode(world, merchantCode)
      : undefined);
  if (refused) return refused;
  const bill = newBill(world, address, wanted, call);
  world.state.bills.set(bill.invoice, bill);
  world.state.invoiceByCode.set(bill.code, bill.invoice);
  world.changed();
  return createAnswer(world, bill);
}
