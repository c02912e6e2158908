import "server-only";
import { createTranslator } from "use-intl/core";
import { toHtml } from "@/lib/email/to-html";
import { toText } from "@/lib/email/to-text";
import type { EmailContent, EmailPart } from "@/lib/email/content";
import { hashAddress, toOptOutToken } from "@/lib/email/opt-out";
import type { EmailSubject } from "@/lib/operations/emails/load-email-subject";
import type { WrittenEmail } from "@/lib/operations/emails/deliver-email";
import { deriveAccent, themes } from "@/lib/appearance/accent";
import { pickHelp } from "@/lib/appearance/appearance";
import type { Appearance } from "@/lib/appearance/appearance";
import { listContactWays } from "@/lib/appearance/contact-ways";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { formatTime } from "@/lib/payment/local-time";
import { inGroups } from "@/lib/payment/payment-code";
import type { Rupiah } from "@/lib/payment/rupiah";
import { toReceiptProof } from "@/lib/payment/receipt-proof";
import { findChannel } from "@/lib/channels/registry";
import en from "@/messages/en.json";
import id from "@/messages/id.json";

type WriteSettings = {
  appUrl: string;
  appearance: Appearance;
  /** The bytes of the appearance's logo, where there is one. */
  logo: Uint8Array | undefined;
  isSimulated: boolean;
  /** Signs the links that stop reminders. */
  optOutKey: Uint8Array;
};

const catalogues = { id, en };

const createTexts = (locale: "id" | "en") => createTranslator({ locale, messages: catalogues[locale] });

type Writing = { subject: EmailSubject; settings: WriteSettings; t: ReturnType<typeof createTexts> };

/** Writes an e-mail with the words of the pages: what a shopper reads in both is the same. */
export function writeEmail(settings: WriteSettings, subject: EmailSubject): WrittenEmail {
  const token = toOptOutToken(hashAddress(subject.address), settings.optOutKey);
  const isReminder = subject.kind === "code_ending";
  const writing = { subject, settings, t: createTexts(subject.locale) };
  const content = toContent(writing, isReminder ? `${settings.appUrl}/reminders/${token}` : undefined);
  return {
    subject: content.subject,
    text: toText(content),
    html: toHtml(content),
    logo: content.logo && settings.logo,
    unsubscribeUrl: isReminder ? `${settings.appUrl}/api/reminders/${token}` : undefined,
  };
}

function toContent(writing: Writing, optOutUrl: string | undefined): EmailContent {
  const { subject, settings, t } = writing;
  const values = { shop: settings.appearance.name, amount: formatAmount(writing, subject.amount) };
  const { title, parts } = toBody(writing);
  return {
    locale: subject.locale,
    subject: toOneLine(t(`email.subjects.${subject.kind}`, values)),
    title,
    logo: toLogo(settings),
    colours: toColours(settings.appearance),
    parts,
    footer: [
      ...toHelp(writing),
      ...(settings.isSimulated ? [toPart(`${t("frame.tryIt")}. ${t("frame.tryItMore")}`)] : []),
      toPart(t("email.why", values)),
      ...(optOutUrl === undefined
        ? []
        : [{ kind: "link", label: t("email.optOut"), url: optOutUrl, isMain: false } as const]),
    ],
  };
}

/** nodemailer takes line breaks out of headers too; here they would look like one. */
const toOneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const toLogo = ({ appearance: { logo, name }, logo: content }: WriteSettings): EmailContent["logo"] =>
  logo && content && { widthPx: logo.widthPx, heightPx: logo.heightPx, alt: name };

/** Those of a light page: dark mode of a mail program keeps or turns what stands on a button. */
function toColours({ accent }: Appearance): EmailContent["colours"] {
  const { primary, "on-primary": on } = accent ? deriveAccent(accent, "light") : themes.light.primary;
  return { accent: primary, on };
}

/** What the merchant says to those who need help, and how to reach them. */
function toHelp({ settings: { appearance }, subject, t }: Writing): EmailPart[] {
  const words = pickHelp(appearance, subject.locale);
  const ways = listContactWays(appearance.contact, (way) => t(`contact.${way}`));
  return [
    ...(words === undefined ? [] : [toPart(words)]),
    ...ways.map(
      ({ name, text, href }) =>
        ({ kind: "link", label: `${name}: ${text}`, url: href, isMain: false }) as const,
    ),
  ];
}

const toPart = (text: string): EmailPart => ({ kind: "text", text });

const formatAmount = ({ subject }: Writing, amount: Rupiah): string => formatRupiah(amount, subject.locale);

function toBody(writing: Writing): Pick<EmailContent, "title" | "parts"> {
  const { subject, t } = writing;
  const page = { kind: "link", label: t("email.page"), url: getPage(writing), isMain: true } as const;
  switch (subject.kind) {
    case "code_made":
    case "code_ending":
      return { title: toCodeTitle(writing), parts: [...toCodeParts(writing), page] };
    case "paid":
      return {
        title: t("payment.live.paid.title"),
        parts: [
          toPart(t(subject.paidLate ? "payment.live.paid.late" : toThanks(subject))),
          { kind: "rows", rows: toReceiptRows(writing) },
          { ...page, label: t("email.receipt"), url: `${getPage(writing)}/receipt` },
        ],
      };
    case "under_review":
      return { title: t("payment.live.reviewTitle"), parts: [toPart(t("payment.live.review")), page] };
    case "refunded":
      return {
        title: t("payment.live.refunded.title"),
        parts: [toPart(t("payment.live.refunded.body")), toPart(t("payment.live.refunded.money")), page],
      };
  }
}

const getPage = ({ subject, settings }: Writing): string => `${settings.appUrl}/pay/${subject.orderId}`;

const toCodeTitle = ({ subject, t }: Writing): string =>
  subject.kind === "code_ending"
    ? t("email.ending")
    : t("payment.live.payAt", { channel: subject.channel.label });

/** A top-up code is never done: its order is not paid by one payment. */
const toThanks = ({ code }: EmailSubject) => (code?.reusable ? "email.topUp" : "payment.live.paid.thanks");

/** What a person needs at the till, in the sequence in which they need it. */
function toCodeParts(writing: Writing): EmailPart[] {
  const { subject, settings, t } = writing;
  const { code, channel, tillName, locale } = subject;
  if (!code) throw new Error("an e-mail about a code was written without one");
  const amount = formatAmount(writing, subject.amount);
  const deadline = formatTime(code.expiresAt.toISOString(), locale);
  const stores = new Intl.ListFormat(locale, { type: "disjunction" }).format(channel.stores);
  const meaning = t("instructions.sayMeaning");
  const plain = { b: (chunks: string) => chunks };
  const show =
    tillName === undefined
      ? t.markup("instructions.show", { amount, ...plain })
      : t.markup("instructions.showNamed", { amount, name: tillName, ...plain });
  return [
    { kind: "code", label: t("payment.live.code"), digits: inGroups(code.digits) },
    {
      kind: "rows",
      rows: [
        { name: t("email.amount"), value: amount },
        { name: t("payment.live.deadline"), value: deadline },
        { name: t("receipt.to"), value: settings.appearance.name },
        ...(tillName === undefined ? [] : [{ name: t("receipt.name"), value: tillName }]),
      ],
    },
    {
      kind: "steps",
      steps: [
        { text: t("instructions.go", { stores }), say: t("instructions.say"), ...(meaning && { meaning }) },
        { text: show },
        { text: t("instructions.keep") },
      ],
    },
  ];
}

/** The rows of the receipt's page. */
function toReceiptRows(writing: Writing): { name: string; value: string }[] {
  const { subject, settings, t } = writing;
  const { receipts, locale } = subject;
  return [
    { name: t("receipt.to"), value: settings.appearance.name },
    ...receipts.flatMap((receipt) => {
      const { store, transaction } = toReceiptProof(receipt.identifiers);
      const optional = (name: string, value: string | null | undefined) =>
        value == null ? [] : [{ name, value }];
      return [
        { name: t("email.amount"), value: formatAmount(writing, receipt.amount) },
        { name: t("receipt.at"), value: formatTime(receipt.paidAt.toISOString(), locale) },
        { name: t("receipt.via"), value: findChannel(receipt.channel)?.label ?? receipt.channel },
        ...optional(t("receipt.store"), store),
        ...optional(t("receipt.transaction"), transaction),
        ...optional(t("receipt.code"), receipt.code && inGroups(receipt.code)),
        { name: t("receipt.invoice"), value: receipt.invoiceNumber },
      ];
    }),
  ];
}
