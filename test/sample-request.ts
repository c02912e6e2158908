import { InvoiceNumber } from "../lib/payment/invoice-number";
import { Rupiah } from "../lib/payment/rupiah";
import type { Address, PaymentRequest, SentPayment } from "../lib/channels/channel";

const address: Address = {
  firstName: "andreas",
  lastName: "dharmawan",
  address: "Jalan Teknologi Indonesia No. 25",
  city: "Jakarta",
  postalCode: "12960",
  phone: "6281513114262",
};

/** The order of DOKU's Indodana sample, with a test's changes. */
export const requestLike = (changes: Partial<PaymentRequest> = {}): PaymentRequest => ({
  invoiceNumber: InvoiceNumber.parse("MINV20201231468"),
  merchantReference: "60123",
  amount: Rupiah.parse(100_000),
  expiresInMinutes: 60,
  merchantName: "Merchant Demo Store",
  contact: { name: "andreas dharmawan", email: "andreas@email.com", phone: "6281939815480" },
  items: [
    {
      id: "1002",
      name: "Ayam",
      price: Rupiah.parse(50_000),
      quantity: 2,
      category: "food-and-beverage",
      url: "https://merchant.com/product_1002",
      imageUrl: "https://merchant.com/product_1002/image",
    },
  ],
  billing: address,
  shipping: address,
  returnUrl: "https://merchant.com/return-url",
  cancelUrl: "https://merchant.com/cancel-url",
  code: undefined,
  reusable: false,
  terms: {},
  overrideNotificationUrl: undefined,
  subAccount: undefined,
  ...changes,
});

/** The sent values that DOKU's sample answers belong to, for tests. */
export const sentLike = (invoiceNumber: string, amount: number): SentPayment => ({
  invoiceNumber: InvoiceNumber.parse(invoiceNumber),
  amount: Rupiah.parse(amount),
  expiresInMinutes: 60,
  sentAt: new Date("2021-01-24T08:00:00Z"),
  merchantReference: "60123",
  code: undefined,
});
