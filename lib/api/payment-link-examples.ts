import type { PaymentLinkResource } from "./payment-link";

const link: PaymentLinkResource = {
  id: "pl_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11",
  object: "payment_link",
  url: "https://shop.example/l/tas-anyaman-rotan-k7m2q",
  active: true,
  state: "open",
  title: "Tas anyaman rotan",
  description: null,
  thanks_text: "Terima kasih, kami kirim besok.",
  picture_url: null,
  amount: 480_000,
  min_amount: null,
  max_amount: null,
  currency: "IDR",
  stock: 10,
  sold: 0,
  reserved: 0,
  paid_amount: 0,
  refunded_amount: 0,
  ends_at: null,
  collect: { phone: "no", address: "no", note: "optional" },
  created_at: "2026-11-02T03:15:00.000Z",
  updated_at: "2026-11-02T03:15:00.000Z",
  livemode: false,
};

export const paymentLinkExamples = {
  createPaymentLink: {
    request: {
      title: link.title,
      thanks_text: link.thanks_text,
      amount: link.amount,
      stock: link.stock,
      collect: { note: "optional" },
    },
    answer: link,
  },
  listPaymentLinks: { answer: { object: "list", data: [link], has_more: false } },
  getPaymentLink: { answer: { ...link, sold: 3, reserved: 1, paid_amount: 1_440_000 } },
  changePaymentLink: { request: { stock: 12 }, answer: { ...link, stock: 12 } },
};
