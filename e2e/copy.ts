/** Texts that the tests look for. Not read from the shop's messages, so that a wrong text there is found. */
export const id = {
  add: (product: string) => `Tambah ${product} ke keranjang`,
  pay: "Bayar",
  getCode: /Buat kode bayar/,
  toIndodana: /Lanjut ke Indodana/,
  preparing: "Kode sedang dibuat…",
  preparingLong: /Ini lebih lama dari biasanya/,
  leftAlfa: /Kode Alfamart yang tadi tidak dipakai lagi/,
  waiting: "Menunggu",
  paid: "Pembayaran diterima",
  paidLate: /setelah batas waktu/,
  timeUp: "Waktu habis, kami cek dulu",
  expired: "Waktu bayar sudah habis",
  newCode: "Buat kode baru",
  declined: "Pengajuan tidak disetujui",
  refused: /belum bisa dipakai untuk pesanan ini\. Tidak ada uang yang ditarik/,
  underReview: "Ada uang masuk, sedang diperiksa",
  underReviewPaid: /sedang memeriksa satu hal/,
  checkNow: /Saya sudah bayar/,
};

export const en = {
  add: (product: string) => `Add ${product} to the cart`,
  pay: "Pay",
  getCode: /Get a payment code/,
  waiting: "Waiting",
  paid: "Payment received",
};
