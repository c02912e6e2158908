import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { orders } from "@/db/schema";
import { deriveAccent } from "@/lib/appearance/accent";
import type { Appearance } from "@/lib/appearance/appearance";
import type { EmailKind } from "@/lib/email/email";
import { loadEmailSubject } from "@/lib/operations/emails/load-email-subject";
import { closeCase } from "@/lib/operations/cases/close-case";
import { aPayment, deliver, newestPayment, notificationBody } from "@/test/context";
import { context, database, setupTestContext } from "@/test/setup-context";
import type { PaymentRow } from "@/db/queries/orders";
import { writeEmail } from "./write-email";

setupTestContext();

const appearance: Appearance = {
  name: "Toko <Senja>",
  accent: "#c0ffee",
  contact: { whatsapp: "6281234567890", phone: undefined, email: undefined, website: undefined },
  help: { id: "Kami buka sampai pukul 21.00", en: undefined },
  logo: undefined,
};
const settings = {
  ...{ appUrl: "https://shop.example", appearance, isSimulated: false },
  logo: undefined,
  optOutKey: new Uint8Array(32),
};

async function writeAbout({ orderId, id }: PaymentRow, kind: EmailKind, occasion = "") {
  const subject = await loadEmailSubject(context.deps, { orderId, paymentId: id, kind, occasion });
  if ("because" in subject) throw new Error(subject.because);
  return writeEmail(settings, subject);
}

describe("an e-mail", () => {
  test("about a code has all that a person needs at the till", async () => {
    const payment = await aPayment(context);
    const { subject, text, html, unsubscribeUrl } = await writeAbout(payment, "code_made");
    expect(subject).toBe("Kode bayar Rp275.500 untuk Toko <Senja>");
    const digits = payment.paymentCode?.replaceAll(/(\d{4})(?=\d)/g, "$1 ") ?? "?";
    for (const words of [
      ...[digits, "Rp275.500", "Anton Budiman", "Bayar di", "Alfamart", "Saya mau bayar DOKU."],
      ...["Sabtu, 21\u00a0November\u00a02026 pukul\u00a013.00\u00a0WIB"],
      `https://shop.example/pay/${payment.orderId}`,
    ]) {
      expect(text, words).toContain(words);
      expect(html, words).toContain(words);
    }
    expect(html).toContain("Toko &lt;Senja&gt;");
    // Only reminders can be declined.
    expect(unsubscribeUrl).toBeUndefined();
  });

  test("has the merchant's colour, made dark enough to be read, and the way to reach them", async () => {
    const { html, text } = await writeAbout(await aPayment(context), "code_made");
    const { primary } = deriveAccent("#c0ffee", "light");
    expect(primary).not.toBe("#c0ffee");
    expect(html).toContain(`background:${primary}`);
    expect(html).toContain('href="https://wa.me/6281234567890"');
    for (const words of ["Kami buka sampai pukul 21.00", "+62 812-3456-7890"]) expect(text).toContain(words);
  });

  test("that reminds can be declined with one click, and by a link", async () => {
    const payment = await aPayment(context);
    const written = await writeAbout(payment, "code_ending", payment.expiresAt?.toISOString());
    expect(written.subject).toBe("Segera bayar Rp275.500 untuk Toko <Senja>");
    expect(written.unsubscribeUrl).toMatch(/^https:\/\/shop\.example\/api\/reminders\/[\w-]{64}$/);
    expect(written.text).toMatch(/https:\/\/shop\.example\/reminders\/[\w-]{64}\n/);
  });

  test("is in English for a shopper who used the checkout in English", async () => {
    const payment = await aPayment(context);
    await database.db.update(orders).set({ locale: "en" }).where(eq(orders.id, payment.orderId));
    const { subject, text, html } = await writeAbout(payment, "code_made");
    expect(subject).toBe("Payment code: IDR 275,500 for Toko <Senja>");
    for (const words of ["Pay before", "“Saya mau bayar DOKU.”", "“I want to pay DOKU.”"])
      expect(text).toContain(words);
    expect(html).toContain('lang="en"');
  });

  test("about a payment is its receipt", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    const { subject, text } = await writeAbout(await newestPayment(context, payment.orderId), "paid");
    expect(subject).toBe("Pembayaran ke Toko <Senja> diterima");
    for (const words of [
      ...["Terima kasih. Pesanan Anda sudah lunas.", "Jumlah: Rp275.500", "Nomor transaksi: 1246"],
      ...[`Nomor tagihan: ${payment.invoiceNumber}`, "/receipt"],
    ])
      expect(text, words).toContain(words);
  });

  test("about money in question asks not to pay again, and a later one shows what came", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { amount: 1000 }));
    const { text } = await writeAbout(payment, "under_review");
    expect(text).toContain("jangan membayar lagi dulu");
    expect(text).not.toContain("Kode bayar");
    const opened = await database.db.query.cases.findFirst();
    const decided = { note: "As agreed", actor: "staff:owner", by: "owner@example.com" } as const;
    await closeCase(context.deps, { caseId: opened?.id ?? "", decision: { act: "accept" }, ...decided });
    expect((await writeAbout(payment, "paid")).text).toContain("Jumlah: Rp1.000");
  });
});
