/** The simulator's Secret Key. No browser may receive it, and no log may contain it. */
export const secretKey = "SK-SimulatorOnly0123456789";

/** The owner of the shops in the tests. */
export const owner = { email: "pemilik@example.com", password: "kopi-pagi-di-beranda-4821" };
