/**
 * Not in the catalogues: the error page is also drawn when the server does not answer, so its texts have to be in the
 * browser already.
 */
export const errorTexts = {
  id: {
    title: "Halaman ini sedang terganggu",
    body: "Pesanan dan pembayaran Anda tetap tersimpan. Kalau sudah memegang kode bayar, kode itu tetap berlaku.",
    again: "Coba lagi",
  },
  en: {
    title: "This page is having trouble",
    body: "Your order and payment are safe. If you already hold a payment code, it still works.",
    again: "Try again",
  },
} as const;

/** Also needed when scripts of the page are gone from the server. */
export const updateTexts = {
  id: "Toko ini baru saja diperbarui, jadi halaman dimuat ulang. Yang Anda ketik sudah kami isikan lagi; belum ada yang terkirim.",
  en: "This shop was just updated, so the page was loaded again. What you typed is filled in; nothing was sent yet.",
} as const;

/** Needed where there is no network. */
export const requestTexts = {
  id: {
    unsent: "Tidak ada internet, jadi belum terkirim. Coba lagi begitu tersambung.",
    unanswered: "Tidak ada jawaban, jadi belum tentu berhasil. Lihat dulu keadaannya, lalu coba lagi.",
    unopened: "Tidak ada internet, jadi halaman itu belum bisa dibuka. Coba lagi begitu tersambung.",
    close: "Tutup",
  },
  en: {
    unsent: "There is no internet, so nothing was sent. Try again once you are connected.",
    unanswered: "No answer came, so it may or may not have worked. See how things stand, then try again.",
    unopened: "There is no internet, so that page cannot be opened yet. Try again once you are connected.",
    close: "Close",
  },
} as const;
